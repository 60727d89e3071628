package dev.headwater.streams;

import dev.headwater.streams.sensors.SensorOrder;
import dev.headwater.streams.sensors.SensorQuery;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of `/sensors`.
final class ListParameters {

    private static final String SORT = "sort";
    private static final String LIMIT = "limit";
    private static final String AFTER = "after";
    private static final Set<String> NAMES = Set.of(SORT, LIMIT, AFTER);
    private static final List<String> ORDERS =
            Arrays.stream(SensorOrder.values()).map(SensorOrder::word).toList();

    private ListParameters() {}

    /// @param query of a URL, still encoded
    /// @throws IllegalArgumentException says what is wrong
    static SensorQuery parse(String query) {
        Map<String, String> given = given(query);
        SensorOrder order = order(given.getOrDefault(SORT, SensorOrder.ID.word()));
        String after = given.getOrDefault(AFTER, "");
        if (!after.isEmpty() && order != SensorOrder.ID) {
            throw new IllegalArgumentException(
                    "after: only with sort=id, the order of which stays; found sort=" + order.word());
        }
        return new SensorQuery(order, limit(given.get(LIMIT)), after);
    }

    private static Map<String, String> given(String query) {
        Map<String, String> given = new HashMap<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("parameter: must be one of "
                        + String.join(", ", new TreeSet<>(NAMES)) + ", found '" + name + "'");
            }
            String value = equals < 0 ? "" : one.substring(equals + 1);
            if (given.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException(name + ": must be given once, found more");
            }
        }
        return given;
    }

    private static SensorOrder order(String word) {
        int index = ORDERS.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException(
                    SORT + ": must be one of " + String.join(", ", ORDERS) + ", found '" + word + "'");
        }
        return SensorOrder.values()[index];
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return SensorQuery.DEFAULT_LIMIT;
        }
        if (!text.matches("[0-9]{1,4}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > SensorQuery.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    LIMIT + ": must be from 1 to " + SensorQuery.MAX_LIMIT + ", found '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
