package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.reading.Series;

/// Standardises each measure: `(value - mean) / deviation`, fitted on the observed values of the training span over all
/// sensors.
///
/// @param mean      per measure, in its unit
/// @param deviation per measure, in its unit; 1 where the measure never varied
public record Scaler(float[] mean, float[] deviation) {

    /// @throws IllegalArgumentException when the two differ in length
    public Scaler {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(
                    "scaler: " + mean.length + " means, but " + deviation.length + " deviations");
        }
    }

    /// Fits on the first `rows` rows.
    ///
    /// @throws InvalidInputException when a measure has no value at all there
    public static Scaler fit(Series series, int rows) {
        int measures = series.network().measures().size();
        float[] mean = new float[measures];
        float[] deviation = new float[measures];
        for (int m = 0; m < measures; m++) {
            fit(series, Math.min(rows, series.slots()), m, mean, deviation);
        }
        return new Scaler(mean, deviation);
    }

    private static void fit(Series series, int rows, int measure, float[] mean, float[] deviation) {
        double sum = 0;
        double squares = 0;
        long n = 0;
        for (int s = 0; s < series.sensors().size(); s++) {
            for (int row = 0; row < rows; row++) {
                float value = series.value(s, row, measure);
                if (!Float.isNaN(value)) {
                    sum += value;
                    squares += (double) value * value;
                    n++;
                }
            }
        }
        Measure which = series.network().measures().get(measure);
        if (n == 0) {
            throw new InvalidInputException("measure " + which.name() + " of network "
                    + series.network().name() + ": all " + rows + " training slots are missing, nothing to scale by");
        }
        double average = sum / n;
        double variance = Math.max(0, squares / n - average * average);
        mean[measure] = (float) average;
        deviation[measure] = variance < 1e-12 ? 1f : (float) Math.sqrt(variance);
    }

    public float scale(float value, int measure) {
        return (value - mean[measure]) / deviation[measure];
    }
}
