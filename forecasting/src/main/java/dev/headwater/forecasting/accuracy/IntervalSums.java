package dev.headwater.forecasting.accuracy;

import java.util.List;

/// Sums of the scores of prediction intervals, by level and step: coverage, width, and the Winkler score
/// (Winkler, *A decision-theoretic approach to interval estimation*, 1972). A view of an array. Not
/// thread-safe.
public final class IntervalSums {

    private static final int COUNTED = 0;
    private static final int INSIDE = 1;
    private static final int WIDTH = 2;
    private static final int WINKLER = 3;
    private static final int FIELDS = 4;

    private final int horizon;
    private final double[] levels;
    private double[] sums = new double[0]; // [level][step][field] from `offset` on
    private int offset;

    IntervalSums(int horizon, List<Double> levels) {
        this.horizon = horizon;
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    int length() {
        return levels.length * horizon * FIELDS;
    }

    void on(double[] other, int at) {
        sums = other;
        offset = at;
    }

    private int at(int level, int step) {
        return offset + (level * horizon + step) * FIELDS;
    }

    /// Counts one interval against the truth.
    ///
    /// @param level its place among the levels
    /// @param step  0 = the first
    /// @param truth in the unit of the target; not NaN
    public void add(int level, int step, float lower, float upper, float truth) {
        int at = at(level, step);
        double width = (double) upper - lower;
        double miss = Math.max(0, Math.max((double) lower - truth, (double) truth - upper));
        sums[at + COUNTED]++;
        sums[at + INSIDE] += miss == 0 ? 1 : 0;
        sums[at + WIDTH] += width;
        sums[at + WINKLER] += width + 2 / (1 - levels[level]) * miss;
    }

    /// Sets a level and step to figures that were computed elsewhere, so that they can be added to others.
    ///
    /// @param n truths counted
    public void put(int level, int step, long n, double coverage, double width, double winkler) {
        int at = at(level, step);
        sums[at + COUNTED] = n;
        sums[at + INSIDE] = n == 0 ? 0 : coverage * n;
        sums[at + WIDTH] = n == 0 ? 0 : width * n;
        sums[at + WINKLER] = n == 0 ? 0 : winkler * n;
    }

    public long count(int level, int step) {
        return (long) sums[at(level, step) + COUNTED];
    }

    /// Share of truths inside; NaN when none was counted, here as below.
    public double coverage(int level, int step) {
        return mean(level, step, INSIDE);
    }

    /// Mean width, unit of the target.
    public double width(int level, int step) {
        return mean(level, step, WIDTH);
    }

    /// Mean Winkler score, unit of the target.
    public double winkler(int level, int step) {
        return mean(level, step, WINKLER);
    }

    private double mean(int level, int step, int field) {
        int at = at(level, step);
        return sums[at + field] / sums[at + COUNTED];
    }
}
