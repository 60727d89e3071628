package dev.headwater.dashboard.board;

import java.util.Arrays;

/// A range with round ends for the colours and axes of a measure.
///
/// @param from lower end
/// @param to   upper end, above `from`
public record ValueScale(double from, double to) {

    private static final double LEFT_OUT = 0.002; // at each end: a jam on a few roads is no outlier
    private static final int STEPS = 8;

    /// The range of values without their outliers.
    ///
    /// @param values without NaN, at least one
    static ValueScale of(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int outliers = (int) (LEFT_OUT * sorted.length);
        double low = sorted[outliers];
        double high = sorted[sorted.length - 1 - outliers];
        double step = round(high > low ? (high - low) / STEPS : Math.max(Math.abs(high), 1) / STEPS);
        double from = Math.floor(low / step) * step;
        double to = Math.ceil(high / step) * step;
        return new ValueScale(from, to > from ? to : from + step);
    }

    /// The next larger one of 1, 2, 5, 10, 20, ...
    private static double round(double step) {
        double unit = Math.pow(10, Math.floor(Math.log10(step)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * unit >= step) {
                return digit * unit;
            }
        }
        return 10 * unit;
    }

    /// Whether a scale differs enough for a page to be coloured anew.
    public boolean isFarFrom(ValueScale other) {
        double tolerance = 0.15 * (to - from);
        return Math.abs(from - other.from) > tolerance || Math.abs(to - other.to) > tolerance;
    }
}
