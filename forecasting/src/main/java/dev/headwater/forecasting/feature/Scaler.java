package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.PolarVector;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;

/// Standardises each measure: `(value - mean) / deviation`, fitted on the observed values of the training part
/// over all sensors. After the measures come the components x and y of each vector of the network's features.
///
/// @param mean      per measure, then per component, in its unit
/// @param deviation per measure, then per component, in its unit; 1 where it never varied
public record Scaler(float[] mean, float[] deviation) {

    /// @throws IllegalArgumentException when the two differ in length
    public Scaler {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(
                    "scaler: " + mean.length + " means, but " + deviation.length + " deviations");
        }
    }

    /// Number of scaled values of a network: its measures, and two components of each vector.
    public static int size(SensorNetwork network) {
        return network.measures().size() + 2 * network.features().vectors().size();
    }

    /// Fits on the first `rows` rows.
    ///
    /// @throws InvalidInputException when a measure has no value in these rows
    public static Scaler fit(Series series, int rows) {
        SensorNetwork network = series.network();
        int used = Math.min(rows, series.slots());
        Scaler scaler = new Scaler(new float[size(network)], new float[size(network)]);
        int at = 0;
        for (Measure measure : network.measures()) {
            int m = at;
            scaler.fit(at++, series, used, measure.name(), (sensor, row) -> series.value(sensor, row, m));
        }
        for (PolarVector vector : network.features().vectors()) {
            int speed = network.measureIndex(vector.speed());
            int direction = network.measureIndex(vector.direction());
            scaler.fit(
                    at++,
                    series,
                    used,
                    vector.speed(),
                    (sensor, row) ->
                            PolarVector.x(series.value(sensor, row, speed), series.value(sensor, row, direction)));
            scaler.fit(
                    at++,
                    series,
                    used,
                    vector.speed(),
                    (sensor, row) ->
                            PolarVector.y(series.value(sensor, row, speed), series.value(sensor, row, direction)));
        }
        return scaler;
    }

    @FunctionalInterface
    private interface Column {
        float value(int sensor, int row);
    }

    private void fit(int at, Series series, int rows, String name, Column column) {
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (int s = 0; s < series.sensors().size(); s++) {
            for (int row = 0; row < rows; row++) {
                float value = column.value(s, row);
                if (!Float.isNaN(value)) {
                    sum += value;
                    squares += (double) value * value;
                    n++;
                }
            }
        }
        if (n == 0) {
            throw new InvalidInputException("measure " + name + " of network "
                    + series.network().name() + ": all " + rows + " training slots are missing, nothing to scale by");
        }
        double average = sum / n;
        double variance = Math.max(0, squares / n - average * average);
        mean[at] = (float) average;
        deviation[at] = variance < 1e-12 ? 1f : (float) Math.sqrt(variance);
    }

    /// @param at index of a measure or, after the measures, of a component
    public float scale(float value, int at) {
        return (value - mean[at]) / deviation[at];
    }

    /// Undoes [#scale(float, int)].
    public float unscale(float scaled, int at) {
        return scaled * deviation[at] + mean[at];
    }
}
