package dev.headwater.trainer.study;

import java.util.Arrays;

/// Spread of a figure over repeated runs.
///
/// @param mean over the runs
/// @param sd   standard deviation of the sample (n - 1); 0 for a single run
/// @param min  lowest
/// @param max  highest
public record Spread(double mean, double sd, double min, double max) {

    /// @param values one per run, at least one
    public static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double sd = values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
        return new Spread(
                mean,
                sd,
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }
}
