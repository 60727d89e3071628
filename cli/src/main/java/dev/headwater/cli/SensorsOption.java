package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.forecasting.reading.Series;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Which of a history's sensors a command is about: all of them by default.
final class SensorsOption {

    @Option(
            names = "--sensors",
            split = ",",
            paramLabel = "ID",
            description = "Only these sensors of the history, separated by commas.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--without-sensors",
            split = ",",
            paramLabel = "ID",
            description = "All sensors of the history but these, e.g. to evaluate a model on sensors that it"
                    + " was not trained on.")
    private List<String> without = new ArrayList<>();

    /// @throws InvalidInputException when a sensor is not in the history, or none is left
    Series of(Series series) {
        only.forEach(sensor -> requireKnown("--sensors", sensor, series));
        without.forEach(sensor -> requireKnown("--without-sensors", sensor, series));
        return only.isEmpty() && without.isEmpty()
                ? series
                : series.only(sensor -> (only.isEmpty() || only.contains(sensor)) && !without.contains(sensor));
    }

    private static void requireKnown(String option, String sensor, Series series) {
        if (!series.sensors().contains(sensor)) {
            throw new InvalidInputException(option + " " + sensor + ": must be a sensor of the history"
                    + Suggestion.of(sensor, series.sensors()));
        }
    }
}
