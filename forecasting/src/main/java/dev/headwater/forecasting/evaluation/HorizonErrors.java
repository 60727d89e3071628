package dev.headwater.forecasting.evaluation;

/// Masked errors per step: forecasts of slots that were never observed count nowhere (Wu et al., *Graph WaveNet*, 2019,
/// as in all published traffic tables). Not thread-safe.
public final class HorizonErrors {

    private final double[] absolute; // [step]
    private final double[] squared; // [step]
    private final double[] relative; // [step]
    private final long[] counted; // [step]
    private final long[] nonZero; // [step], truths that a relative error can be taken of

    public HorizonErrors(int horizon) {
        absolute = new double[horizon];
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
        squared[step] += error * error;
        counted[step]++;
        if (truth != 0) {
            relative[step] += Math.abs(error / truth);
            nonZero[step]++;
        }
    }

    public int horizon() {
        return counted.length;
    }

    /// Mean absolute error of a step, in the unit of the target; NaN when nothing was counted.
    public double mae(int step) {
        return absolute[step] / counted[step];
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
        double sum = 0;
        for (int step = 0; step < horizon(); step++) {
            sum += mae(step);
        }
        return sum / horizon();
    }
}
