package dev.headwater.benchmarks.state;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is measured, and how often.
///
/// @param cases   in the order of the table
/// @param repeats of each case and build, by number of sensors
/// @param seconds of the measurement of bytes and processor time
record Options(List<StateCase> cases, Map<Integer, Integer> repeats, int seconds) {

    private static final Map<String, String> DEFAULTS =
            Map.of("sensors", "325,10000,100000", "repeats", "3", "states", "window,profile", "seconds", "20");

    /// @param words NAME=VALUE, lists with commas
    /// @throws InvalidInputException when a name is unknown or a value is no number
    static Options of(List<String> words) {
        Map<String, String> given = new HashMap<>(DEFAULTS);
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0 || given.put(word.substring(0, equals), word.substring(equals + 1)) == null) {
                throw new InvalidInputException("must be NAME=VALUE with one of the names "
                        + Set.copyOf(DEFAULTS.keySet()) + ", found '" + word + "'");
            }
        }
        List<String> sensors = list(given, "sensors");
        return new Options(
                cases(list(given, "states"), sensors),
                repeats(sensors, list(given, "repeats")),
                number("seconds", value(given, "seconds")));
    }

    private static List<StateCase> cases(List<String> states, List<String> sensors) {
        List<StateCase> cases = new ArrayList<>();
        for (String state : states) {
            for (String count : sensors) {
                cases.add(StateCase.of(count, state));
            }
        }
        return cases;
    }

    private static Map<Integer, Integer> repeats(List<String> sensors, List<String> repeats) {
        if (repeats.size() != 1 && repeats.size() != sensors.size()) {
            throw new InvalidInputException("repeats: must be one number or as many as sensors, " + sensors.size()
                    + ", found " + repeats.size());
        }
        Map<Integer, Integer> all = new HashMap<>();
        for (int s = 0; s < sensors.size(); s++) {
            all.put(number("sensors", sensors.get(s)), number("repeats", repeats.get(Math.min(s, repeats.size() - 1))));
        }
        return all;
    }

    int repeats(StateCase one) {
        return repeats.getOrDefault(one.sensors(), 1);
    }

    int mostRepeats() {
        return repeats.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static List<String> list(Map<String, String> given, String name) {
        return List.of(value(given, name).split(",", -1));
    }

    private static String value(Map<String, String> given, String name) {
        return given.getOrDefault(name, "");
    }

    /// @throws InvalidInputException when it is not a whole number above 0
    static int number(String name, String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new InvalidInputException(name + ": must be a whole number above 0, found '" + value + "'");
        }
        return Integer.parseInt(value);
    }
}
