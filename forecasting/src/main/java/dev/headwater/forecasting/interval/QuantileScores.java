package dev.headwater.forecasting.interval;

import java.util.List;

/// Scores of the intervals of several levels, and the continuous ranked probability score that they amount
/// to: the weighted interval score with the forecast as median (Bracher et al., *Evaluating epidemic
/// forecasts in an interval format*, 2021). Not thread-safe.
public final class QuantileScores {

    /// Of the forecast, among as many levels.
    public static final double MEDIAN_WEIGHT = 0.5;

    private final List<IntervalScores> levels;
    private double crps;
    private long counted;

    public QuantileScores(Levels levels) {
        this.levels = levels.values().stream().map(IntervalScores::new).toList();
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
        for (int i = 0; i < levels.size(); i++) {
            float lower = bounds[from + 2 * i];
            float upper = bounds[from + 2 * i + 1];
            if (!Float.isNaN(lower)) {
                IntervalScores scores = levels.get(i);
                scores.add(lower, upper, truth);
                double level = scores.level();
                sum += (1 - level) / 2 * IntervalScores.winkler(level, lower, upper, truth);
                present++;
            }
        }
        if (present > 0) {
            crps += sum / (present + MEDIAN_WEIGHT);
            counted++;
        }
    }

    public void addAll(QuantileScores other) {
        for (int i = 0; i < levels.size(); i++) {
            levels.get(i).addAll(other.levels.get(i));
        }
        crps += other.crps;
        counted += other.counted;
    }

    /// Scores of the levels that had bounds, narrowest first.
    public List<IntervalScores.Row> rows() {
        return levels.stream()
                .filter(level -> level.counted() > 0)
                .map(IntervalScores::row)
                .toList();
    }

    /// Mean continuous ranked probability score, in the unit of the target; NaN when nothing was counted.
    public double crps() {
        return crps / counted;
    }

    /// Truths counted.
    public long counted() {
        return counted;
    }
}
