package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Masked errors per step: forecasts of slots without an observation are not counted (Wu et al., *Graph
/// WaveNet*, 2019, as in all published traffic tables). Not thread-safe.
public final class HorizonErrors {

    private final double[] absolute; // [step]
    private final double[] signed; // [step]
    private final double[] squared; // [step]
    private final double[] relative; // [step]
    private final long[] counted; // [step]
    private final long[] nonZero; // [step], truths other than zero, for the relative error

    public HorizonErrors(int horizon) {
        absolute = new double[horizon];
        signed = new double[horizon];
        squared = new double[horizon];
        relative = new double[horizon];
        counted = new long[horizon];
        nonZero = new long[horizon];
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
        absolute[step] += Math.abs(error);
        signed[step] += error;
        squared[step] += error * error;
        counted[step]++;
        if (truth != 0) {
            relative[step] += Math.abs(error / truth);
            nonZero[step]++;
        }
    }

    /// Adds the errors of another instance.
    public void addAll(HorizonErrors other) {
        for (int step = 0; step < horizon(); step++) {
            absolute[step] += other.absolute[step];
            signed[step] += other.signed[step];
            squared[step] += other.squared[step];
            relative[step] += other.relative[step];
            counted[step] += other.counted[step];
            nonZero[step] += other.nonZero[step];
        }
    }

    public int horizon() {
        return counted.length;
    }

    /// Mean absolute error of a step, in the unit of the target; NaN when nothing was counted.
    public double mae(int step) {
        return absolute[step] / counted[step];
    }

    /// Mean of forecast minus truth at a step, in the unit of the target: above 0 when forecasts are too high.
    public double bias(int step) {
        return signed[step] / counted[step];
    }

    /// Root mean squared error of a step, in the unit of the target.
    public double rmse(int step) {
        return Math.sqrt(squared[step] / counted[step]);
    }

    /// Mean absolute percentage error of a step, in per cent, over truths other than zero.
    public double mape(int step) {
        return 100 * relative[step] / nonZero[step];
    }

    /// Truths counted at a step.
    public long count(int step) {
        return counted[step];
    }

    /// Mean of the MAE over all steps.
    public double meanMae() {
        return IntStream.range(0, horizon()).mapToDouble(this::mae).average().orElse(Double.NaN);
    }

    /// Errors of all steps together, each truth with equal weight.
    ///
    /// @param name name of the group
    public ErrorGroup group(String name) {
        double n = LongStream.of(counted).sum();
        return new ErrorGroup(
                name,
                sum(absolute) / n,
                Math.sqrt(sum(squared) / n),
                100 * sum(relative) / LongStream.of(nonZero).sum(),
                sum(signed) / n,
                (long) n);
    }

    private static double sum(double[] values) {
        return DoubleStream.of(values).sum();
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
