package dev.headwater.benchmarks.dashboard;

import dev.headwater.forecasting.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much load, and how long.
///
/// @param sensors in all
/// @param rate    readings a second, and as many forecasts
/// @param seconds of each measurement
/// @param clients in the second measurement, the page among them
/// @param history slots of all sensors that are on the topics before the server starts
record LoadSettings(int sensors, int rate, int seconds, int clients, int history) {

    private static final Map<String, Integer> DEFAULTS =
            Map.of("sensors", 10_000, "rate", 2_000, "seconds", 60, "clients", 50, "history", 40);

    /// @param words NAME=VALUE
    /// @throws InvalidInputException when a name is unknown or a value is no number above 0
    static LoadSettings of(List<String> words) {
        Map<String, Integer> given = new HashMap<>(DEFAULTS);
        for (String word : words) {
            String[] pair = word.split("=", 2);
            if (!DEFAULTS.containsKey(pair[0]) || pair.length < 2 || !pair[1].matches("[1-9][0-9]{0,6}")) {
                throw new InvalidInputException("must be NAME=NUMBER with a number above 0 and one of the names "
                        + DEFAULTS.keySet() + ", found '" + word + "'");
            }
            given.put(pair[0], Integer.valueOf(pair[1]));
        }
        return new LoadSettings(
                given.getOrDefault("sensors", 0),
                given.getOrDefault("rate", 0),
                given.getOrDefault("seconds", 0),
                given.getOrDefault("clients", 0),
                given.getOrDefault("history", 0));
    }
}
