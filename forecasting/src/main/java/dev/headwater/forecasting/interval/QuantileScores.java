package dev.headwater.forecasting.interval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Scores of the intervals of several levels, and the continuous ranked probability score that they amount
/// to: the weighted interval score with the forecast as median (Bracher et al., *Evaluating epidemic
/// forecasts in an interval format*, 2021). Not thread-safe.
public final class QuantileScores {

    /// Of the forecast, among as many levels.
    public static final double MEDIAN_WEIGHT = 0.5;

    private static final int FIELDS = 4; // of a level: those that follow
    private static final int COUNTED = 0;
    private static final int INSIDE = 1;
    private static final int WIDTH = 2;
    private static final int WINKLER = 3;

    private final double[] levels; // [level]
    private final double[] sums; // [level][field], then the continuous ranked probability score and its count

    public QuantileScores(Levels levels) {
        this.levels = levels.values().stream().mapToDouble(Double::doubleValue).toArray();
        this.sums = new double[FIELDS * this.levels.length + 2];
    }

    /// Counts the intervals of one step against the truth. A NaN truth is not counted, nor is a level without
    /// bounds.
    ///
    /// @param bounds `[level][lower, upper]` from `from` on, NaN for no bound
    public void add(float forecast, float truth, float[] bounds, int from) {
        if (Float.isNaN(truth)) {
            return;
        }
        double sum = MEDIAN_WEIGHT * Math.abs(forecast - truth);
        int present = 0;
        for (int i = 0; i < levels.length; i++) {
            float lower = bounds[from + 2 * i];
            float upper = bounds[from + 2 * i + 1];
            if (!Float.isNaN(lower)) {
                double winkler = IntervalScores.winkler(levels[i], lower, upper, truth);
                add(i, lower, upper, truth, winkler);
                sum += (1 - levels[i]) / 2 * winkler;
                present++;
            }
        }
        if (present > 0) {
            sums[sums.length - 2] += sum / (present + MEDIAN_WEIGHT);
            sums[sums.length - 1]++;
        }
    }

    private void add(int level, float lower, float upper, float truth, double winkler) {
        int at = FIELDS * level;
        sums[at + COUNTED]++;
        sums[at + INSIDE] += truth >= lower && truth <= upper ? 1 : 0;
        sums[at + WIDTH] += upper - lower;
        sums[at + WINKLER] += winkler;
    }

    public void addAll(QuantileScores other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }

    /// Forgets all that was counted.
    public void clear() {
        Arrays.fill(sums, 0);
    }

    /// Scores of the levels that had bounds, narrowest first.
    public List<IntervalScores.Row> rows() {
        return IntStream.range(0, levels.length)
                .filter(level -> sums[FIELDS * level + COUNTED] > 0)
                .mapToObj(this::row)
                .toList();
    }

    private IntervalScores.Row row(int level) {
        int at = FIELDS * level;
        double counted = sums[at + COUNTED];
        return new IntervalScores.Row(
                levels[level], sums[at + INSIDE] / counted, sums[at + WIDTH] / counted, sums[at + WINKLER] / counted);
    }

    /// Mean continuous ranked probability score, in the unit of the target; NaN when nothing was counted.
    public double crps() {
        return sums[sums.length - 2] / sums[sums.length - 1];
    }

    /// Truths counted.
    public long counted() {
        return (long) sums[sums.length - 1];
    }
}
