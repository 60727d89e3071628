package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.text.ValueRule;
import dev.headwater.forecasting.text.YamlText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Compares a file's keys and the kinds of their values with the components of the record that the file is read
/// into. Without this check, binding would build the record first: it would report a mistyped `intervall` as a
/// missing `interval`, and its messages would name Java types.
public final class KnownKeys {

    private final YamlText text;
    private final String source;
    private final YAMLMapper mapper;

    private KnownKeys(YamlText text, String source, YAMLMapper mapper) {
        this.text = text;
        this.source = source;
        this.mapper = mapper;
    }

    /// @throws InvalidInputException for the first key without a component, or with a value of another kind
    public static void require(YamlText text, Class<?> type, String source, YAMLMapper mapper) {
        new KnownKeys(text, source, mapper).requireRecord(text.root(), type, "");
    }

    private void requireRecord(JsonNode node, Class<?> type, String path) {
        if (!node.isObject()) {
            throw text.fault(path, ValueRule.KEYS, node);
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        Map<String, Type> known = Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String key = prefix + property.getKey();
            Type component = known.get(property.getKey());
            if (component == null) {
                throw new InvalidInputException(source + ": unknown key '" + key + "'"
                        + Suggestion.of(property.getKey(), known.keySet()) + text.at(key));
            }
            requireKind(property.getValue(), component, key);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isPrimitive() && !node.hasNonNull(component.getName())) {
                String key = prefix + component.getName();
                throw text.fault(key, ValueRule.of(component.getType()), node.path(component.getName()));
            }
        }
    }

    private void requireKind(JsonNode node, Type type, String path) {
        if (node.isNull()) {
            return; // as if the key were not there
        }
        switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == List.class -> requireList(node, generic.getActualTypeArguments()[0], path);
            case ParameterizedType map -> requireMap(node, path);
            case Class<?> record when record.isRecord() -> requireRecord(node, record, path);
            case Class<?> single -> requireValue(node, single, path);
            case Type other -> throw new IllegalStateException(path + ": no rule for " + other);
        }
    }

    private void requireList(JsonNode node, Type element, String path) {
        if (!node.isArray()) {
            throw text.fault(path, ValueRule.LIST, node);
        }
        for (int i = 0; i < node.size(); i++) {
            String at = path + "[" + i + "]";
            if (node.get(i).isNull()) {
                throw text.fault(at, ValueRule.of((Class<?>) element), node.get(i));
            }
            requireKind(node.get(i), element, at);
        }
    }

    private void requireMap(JsonNode node, String path) {
        if (!node.isObject()) {
            throw text.fault(path, ValueRule.KEYS, node);
        }
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            requireValue(one.getValue(), String.class, path + "." + one.getKey());
        }
    }

    private void requireValue(JsonNode node, Class<?> type, String path) {
        try {
            Object value = mapper.treeToValue(node, type);
            if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
                throw text.fault(path, "a finite number such as 0.5", node);
            }
        } catch (JacksonException e) {
            throw text.fault(path, ValueRule.of(type), node);
        }
    }
}
