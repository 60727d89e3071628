package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import java.util.stream.IntStream;

/// Masked errors per step: forecasts of slots without an observation are not counted (Wu et al., *Graph
/// WaveNet*, 2019, as in all published traffic tables). A view of sums in an array, so that live figures
/// can be kept and stored as numbers. Not thread-safe.
public final class HorizonErrors {

    /// Numbers per step.
    private static final int FIELDS = 6;

    private static final int ABSOLUTE = 0;
    private static final int SIGNED = 1;
    private static final int SQUARED = 2;
    private static final int RELATIVE = 3;
    private static final int COUNTED = 4;
    private static final int NON_ZERO = 5; // truths other than zero, for the relative error

    private final int horizon;
    private double[] sums; // [step][field] from `offset` on
    private int offset;

    /// Errors of nothing yet.
    public HorizonErrors(int horizon) {
        this.horizon = horizon;
        this.sums = new double[length(horizon)];
    }

    /// Length of the sums of so many steps.
    public static int length(int horizon) {
        return horizon * FIELDS;
    }

    /// Points the view at other sums.
    ///
    /// @param other `[step][field]` from `at` on, read and written in place
    public HorizonErrors on(double[] other, int at) {
        sums = other;
        offset = at;
        return this;
    }

    /// Counts one forecast against the truth.
    ///
    /// @param step     0 = the next slot
    /// @param truth    in the unit of the target; NaN is not counted
    public void add(int step, float forecast, float truth) {
        if (Float.isNaN(truth)) {
            return;
        }
        double error = (double) forecast - truth;
        add(step, error, truth == 0 ? Double.NaN : Math.abs(error / truth));
    }

    /// Counts one error.
    ///
    /// @param error    forecast minus truth
    /// @param relative its magnitude by that of the truth; NaN for a truth of zero
    void add(int step, double error, double relative) {
        int at = at(step);
        sums[at + ABSOLUTE] += Math.abs(error);
        sums[at + SIGNED] += error;
        sums[at + SQUARED] += error * error;
        sums[at + COUNTED]++;
        if (!Double.isNaN(relative)) {
            sums[at + RELATIVE] += relative;
            sums[at + NON_ZERO]++;
        }
    }

    private int at(int step) {
        return offset + step * FIELDS;
    }

    private double sum(int step, int field) {
        return sums[at(step) + field];
    }

    /// Adds the errors of another instance.
    public void addAll(HorizonErrors other) {
        for (int i = 0; i < length(horizon); i++) {
            sums[offset + i] += other.sums[other.offset + i];
        }
    }

    /// Sets a step to figures that were computed elsewhere, so that they can be added to others.
    ///
    /// @param n       truths counted
    /// @param nonZero of these, truths other than zero
    /// @param mape    per cent
    public void put(int step, long n, long nonZero, double mae, double rmse, double mape, double bias) {
        int at = at(step);
        sums[at + ABSOLUTE] = n == 0 ? 0 : mae * n;
        sums[at + SIGNED] = n == 0 ? 0 : bias * n;
        sums[at + SQUARED] = n == 0 ? 0 : rmse * rmse * n;
        sums[at + RELATIVE] = nonZero == 0 ? 0 : mape / 100 * nonZero;
        sums[at + COUNTED] = n;
        sums[at + NON_ZERO] = nonZero;
    }

    public int horizon() {
        return horizon;
    }

    /// Mean absolute error of a step, in the unit of the target; NaN when nothing was counted.
    public double mae(int step) {
        return sum(step, ABSOLUTE) / sum(step, COUNTED);
    }

    /// Mean of forecast minus truth at a step, in the unit of the target: above 0 when forecasts are too
    /// high.
    public double bias(int step) {
        return sum(step, SIGNED) / sum(step, COUNTED);
    }

    /// Root mean squared error of a step, in the unit of the target.
    public double rmse(int step) {
        return Math.sqrt(sum(step, SQUARED) / sum(step, COUNTED));
    }

    /// Mean absolute percentage error of a step, in per cent, over truths other than zero.
    public double mape(int step) {
        return 100 * sum(step, RELATIVE) / sum(step, NON_ZERO);
    }

    /// Truths counted at a step.
    public long count(int step) {
        return (long) sum(step, COUNTED);
    }

    /// Of these, truths other than zero.
    public long nonZero(int step) {
        return (long) sum(step, NON_ZERO);
    }

    /// Mean of the MAE over all steps.
    public double meanMae() {
        return IntStream.range(0, horizon()).mapToDouble(this::mae).average().orElse(Double.NaN);
    }

    /// Errors of all steps together, each truth with equal weight.
    ///
    /// @param name name of the group
    public ErrorGroup group(String name) {
        double n = sum(COUNTED);
        return new ErrorGroup(
                name,
                sum(ABSOLUTE) / n,
                Math.sqrt(sum(SQUARED) / n),
                100 * sum(RELATIVE) / sum(NON_ZERO),
                sum(SIGNED) / n,
                (long) n);
    }

    private double sum(int field) {
        return IntStream.range(0, horizon).mapToDouble(step -> sum(step, field)).sum();
    }

    /// The errors as a table.
    public ErrorTable table(SensorNetwork network) {
        List<ErrorTable.Step> steps = IntStream.range(0, horizon())
                .mapToObj(i -> new ErrorTable.Step(i + 1, network.minutes(i + 1), mae(i), rmse(i), mape(i), count(i)))
                .toList();
        return new ErrorTable(
                steps,
                new ErrorTable.Mean(
                        meanMae(),
                        steps.stream()
                                .mapToDouble(ErrorTable.Step::rmse)
                                .average()
                                .orElse(Double.NaN),
                        steps.stream()
                                .mapToDouble(ErrorTable.Step::mape)
                                .average()
                                .orElse(Double.NaN)));
    }
}
