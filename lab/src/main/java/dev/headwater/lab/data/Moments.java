package dev.headwater.lab.data;

import dev.headwater.forecasting.feature.Scaler;

/// Sums for the means and the standard deviations of columns (or of time steps), as numpy's `mean` and `std` have
/// them: divided by the number of values.
final class Moments {

    /// The least a deviation counts, as in Keras's `Normalization`: a column that never varies becomes 0.
    static final double LEAST = 1e-7;

    private final double[] sums; // [column]
    private final double[] squares; // [column]
    private final long[] counts; // [column]

    Moments(int columns) {
        this.sums = new double[columns];
        this.squares = new double[columns];
        this.counts = new long[columns];
    }

    /// Adds a row.
    ///
    /// @param values the row begins at `from`
    void add(float[] values, int from) {
        for (int c = 0; c < sums.length; c++) {
            double value = values[from + c];
            add(c, value, value * value, 1);
        }
    }

    /// Adds several values of a column.
    void add(int column, double sum, double squared, long count) {
        sums[column] += sum;
        squares[column] += squared;
        counts[column] += count;
    }

    double mean(int column) {
        return sums[column] / counts[column];
    }

    double deviation(int column) {
        double mean = mean(column);
        return Math.sqrt(Math.max(0, squares[column] / counts[column] - mean * mean));
    }

    Scaler scaler() {
        Scaler scaler = new Scaler(new float[sums.length], new float[sums.length]);
        for (int c = 0; c < sums.length; c++) {
            scaler.mean()[c] = (float) mean(c);
            scaler.deviation()[c] = (float) Math.max(deviation(c), LEAST);
        }
        return scaler;
    }
}
