package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Reads settings by name out of a map of texts, with errors that name the setting, its rule and the value found.
record SettingValues(Map<String, String> values) {

    private static final String PREFIX = KeywordSettings.PREFIX;
    private static final List<String> FLAGS = List.of("true", "false");

    int whole(String name) {
        return parse(name, "a whole number", Integer::parseInt);
    }

    long large(String name) {
        return parse(name, "a whole number", Long::parseLong);
    }

    double number(String name) {
        return parse(name, "a number", Double::parseDouble);
    }

    boolean flag(String name) {
        String value = String.valueOf(values.get(name));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw rule(name, "true or false", "'" + value + "'" + Suggestion.of(value, FLAGS));
        };
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String value = String.valueOf(values.get(name));
        for (E one : type.getEnumConstants()) {
            if (label(one).equals(value)) {
                return one;
            }
        }
        var labels =
                Arrays.stream(type.getEnumConstants()).map(SettingValues::label).toList();
        throw rule(name, "one of " + labels, "'" + value + "'" + Suggestion.of(value, labels));
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private <T> T parse(String name, String rule, Function<String, T> parser) {
        String value = String.valueOf(values.get(name));
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw rule(name, rule, "'" + value + "'");
        }
    }

    static void require(boolean holds, String name, String rule, Object found) {
        if (!holds) {
            throw rule(name, rule, found);
        }
    }

    private static InvalidInputException rule(String name, String rule, Object found) {
        return new InvalidInputException("training setting " + PREFIX + name + " must be " + rule + ", found " + found);
    }
}
