package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Compares the keys of a file with the components of the record that it is read into. Binding would build the record
/// first, so that a mistyped `intervall` were reported as a missing `interval`.
final class KnownKeys {

    private KnownKeys() {}

    /// @throws InvalidInputException for the first key that no component is named by
    static void require(JsonNode node, Class<?> type, String source) {
        require(node, type, "", source);
    }

    private static void require(JsonNode node, Class<?> type, String path, String source) {
        Map<String, Type> known = Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String key = path + property.getKey();
            Type component = known.get(property.getKey());
            if (component == null) {
                throw new InvalidInputException(
                        source + ": unknown key '" + key + "'" + Suggestion.of(property.getKey(), known.keySet()));
            }
            descend(property.getValue(), component, key, source);
        }
    }

    private static void descend(JsonNode node, Type type, String path, String source) {
        if (type instanceof Class<?> one && one.isRecord()) {
            require(node, one, path + ".", source);
        }
        if (type instanceof ParameterizedType list && node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                descend(node.get(i), list.getActualTypeArguments()[0], path + "[" + i + "]", source);
            }
        }
    }
}
