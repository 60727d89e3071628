package dev.headwater.forecasting.accuracy;

import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.interval.QuantileScores;
import java.util.List;

/// Sums over scored forecast steps: errors of the model and of the baselines on the same truths, and the
/// scores of its intervals. A view of an array of numbers, so that sums of many spans can be kept and
/// stored as such. Not thread-safe.
///
/// The array: [HorizonErrors] of each [Scored], then `[level][step][`[IntervalSums]`]`.
public final class AccuracySums {

    private final int horizon;
    private final List<Double> levels;
    private final HorizonErrors[] errors; // [Scored]
    private final IntervalSums intervals;
    private double[] sums;

    /// Sums of nothing yet.
    ///
    /// @param levels nominal coverages of the intervals, narrowest first; empty for none
    public AccuracySums(int horizon, List<Double> levels) {
        this.horizon = horizon;
        this.levels = List.copyOf(levels);
        this.errors = new HorizonErrors[Scored.values().length];
        for (int f = 0; f < errors.length; f++) {
            errors[f] = new HorizonErrors(horizon);
        }
        this.intervals = new IntervalSums(horizon, levels);
        this.sums = empty();
        on(sums);
    }

    /// A new array without data.
    public double[] empty() {
        return new double[errors.length * HorizonErrors.length(horizon) + intervals.length()];
    }

    /// Points the view at other sums of the same horizon and levels.
    ///
    /// @param other read and written in place
    public AccuracySums on(double[] other) {
        sums = other;
        for (int f = 0; f < errors.length; f++) {
            errors[f].on(other, f * HorizonErrors.length(horizon));
        }
        intervals.on(other, errors.length * HorizonErrors.length(horizon));
        return this;
    }

    public double[] array() {
        return sums;
    }

    /// Counts one step of a forecast against its truth.
    ///
    /// @param step      0 = the first
    /// @param last      forecast of persistence; NaN when it has none
    /// @param yesterday NaN when unknown; then persistence stands in
    /// @param truth     in the unit of the target, as the others
    public void add(int step, float forecast, float last, float yesterday, float truth) {
        errors[Scored.MODEL.ordinal()].add(step, forecast, truth);
        if (!Float.isNaN(last)) {
            errors[Scored.PERSISTENCE.ordinal()].add(step, last, truth);
        }
        float before = Float.isNaN(yesterday) ? last : yesterday;
        if (!Float.isNaN(before)) {
            errors[Scored.YESTERDAY.ordinal()].add(step, before, truth);
        }
    }

    /// Adds another array of the same horizon and levels.
    public void addAll(double[] other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other[i];
        }
    }

    public HorizonErrors errors(Scored whose) {
        return errors[whose.ordinal()];
    }

    public IntervalSums intervals() {
        return intervals;
    }

    /// Mean continuous ranked probability score of a step, unit of the target, as [QuantileScores] has it:
    /// it follows from the mean absolute error and the Winkler scores of the same truths. NaN when some
    /// truths had no interval.
    ///
    /// @param step 0 = the first
    public double crps(int step) {
        HorizonErrors model = errors(Scored.MODEL);
        double sum = QuantileScores.MEDIAN_WEIGHT * model.mae(step);
        for (int level = 0; level < levels.size(); level++) {
            if (intervals.count(level, step) != model.count(step)) {
                return Double.NaN;
            }
            sum += (1 - levels.get(level)) / 2 * intervals.winkler(level, step);
        }
        return levels.isEmpty() ? Double.NaN : sum / (levels.size() + QuantileScores.MEDIAN_WEIGHT);
    }

    public int horizon() {
        return horizon;
    }

    public List<Double> levels() {
        return levels;
    }

    /// Whether nothing was counted.
    public boolean isEmpty() {
        HorizonErrors model = errors(Scored.MODEL);
        for (int step = 0; step < horizon; step++) {
            if (model.count(step) > 0) {
                return false;
            }
        }
        return true;
    }
}
