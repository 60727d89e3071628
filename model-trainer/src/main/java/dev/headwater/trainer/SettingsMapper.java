package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Maps records of settings to texts by component name, and back. Components are numbers, booleans, enums, or
/// records of these, which are flattened. The canonical constructors check the rules.
///
/// @param <R> the record
public final class SettingsMapper<R extends Record> {

    private final Class<R> type;
    private final String prefix;

    /// @param prefix of the names in changes and messages
    public SettingsMapper(Class<R> type, String prefix) {
        this.type = type;
        this.prefix = prefix;
    }

    /// Every setting by its name, without the prefix, in the order of the components.
    public Map<String, String> asMap(R settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        write(settings, texts);
        return texts;
    }

    private static void write(Record settings, Map<String, String> texts) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            switch (value(component, settings)) {
                case Record group -> write(group, texts);
                case Enum<?> choice -> texts.put(component.getName(), label(choice));
                case Object plain -> texts.put(component.getName(), plain.toString());
            }
        }
    }

    private static Object value(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings must be a public record", e);
        }
    }

    /// The settings with some replaced.
    ///
    /// @param changes values by name; names without the prefix are ignored
    /// @throws InvalidInputException naming the setting that is unknown or breaks its rule
    public R with(R settings, Map<String, String> changes) {
        Map<String, String> texts = asMap(settings);
        List<String> names = texts.keySet().stream().map(prefix::concat).toList();
        changes.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                if (!names.contains(name)) {
                    throw new InvalidInputException(
                            "unknown training setting '" + name + "'" + Suggestion.of(name, names));
                }
                texts.put(name.substring(prefix.length()), String.valueOf(value));
            }
        });
        return read(type, texts);
    }

    /// As [#with(Record, Map)], for changes that a network states.
    ///
    /// @throws InvalidInputException naming the network as well
    public R of(SensorNetwork network, R settings, Map<String, String> changes) {
        try {
            return with(settings, changes);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("network " + network.name() + ": " + e.getMessage(), e);
        }
    }

    private <T> T read(Class<T> group, Map<String, String> texts) {
        RecordComponent[] components = group.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> parse(component, texts))
                .toArray();
        try {
            return group.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException broken ? broken : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings must be a public record", e);
        }
    }

    private Object parse(RecordComponent component, Map<String, String> texts) {
        Class<?> kind = component.getType();
        if (kind.isRecord()) {
            return read(kind, texts);
        }
        String name = component.getName();
        String text = texts.getOrDefault(name, "");
        try {
            return switch (kind.getName()) {
                case "int" -> Integer.valueOf(text);
                case "long" -> Long.valueOf(text);
                case "double" -> Double.valueOf(text);
                case "boolean" -> choice(name, text, "true or false", List.of(true, false));
                default -> choice(name, text, listed(kind), List.of(kind.getEnumConstants()));
            };
        } catch (NumberFormatException e) {
            throw broken(name, kind == double.class ? "a number" : "a whole number", "'" + text + "'");
        }
    }

    private Object choice(String name, String text, String rule, List<?> values) {
        List<String> labels = values.stream().map(SettingsMapper::label).toList();
        int index = labels.indexOf(text);
        if (index < 0) {
            throw broken(name, rule, "'" + text + "'" + Suggestion.of(text, labels));
        }
        return values.get(index);
    }

    /// Only settings with a prefix list their choices in brackets.
    private String listed(Class<?> choices) {
        List<String> labels =
                Stream.of(choices.getEnumConstants()).map(SettingsMapper::label).toList();
        return "one of " + (prefix.isEmpty() ? String.join(", ", labels) : labels);
    }

    /// The text of a choice: `one-cycle` for `ONE_CYCLE`.
    public static String label(Object value) {
        return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws InvalidInputException naming the setting, its rule and the value found, unless the rule holds
    public void require(boolean holds, String name, String rule, Object found) {
        if (!holds) {
            throw broken(name, rule, found);
        }
    }

    public void requireShare(String name, double share) {
        require(share >= 0 && share < 1, name, "from 0 to below 1", share);
    }

    private InvalidInputException broken(String name, String rule, Object found) {
        return new InvalidInputException("training setting " + prefix + name + " must be " + rule + ", found " + found);
    }
}
