package dev.headwater.forecasting.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// Words what a value of a type must be, with an example, for people who do not know Java.
public final class ValueRule {

    /// The rule for a list.
    public static final String LIST = "a list such as [a, b]";

    /// The rule for a value with keys.
    public static final String KEYS = "keys and values such as {a: 1, b: 2}";

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> NUMBERS = Set.of(float.class, Float.class, double.class, Double.class);

    private ValueRule() {}

    /// The rule, worded to follow "must be".
    public static String of(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "a whole number such as 12";
        }
        if (NUMBERS.contains(type)) {
            return "a number such as 0.5";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a duration such as PT5M, PT1H or P1D";
        }
        if (ZoneId.class.isAssignableFrom(type)) {
            return "a zone such as Europe/Berlin";
        }
        if (type == LocalDate.class) {
            return "a date such as 2017-07-04";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type.isEnum()) {
            return "one of " + words(type);
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? LIST : KEYS;
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(ValueRule::word)
                .collect(Collectors.joining(", "));
    }

    private static String word(Field constant) {
        JsonProperty name = constant.getAnnotation(JsonProperty.class);
        return name == null ? constant.getName() : name.value();
    }
}
