package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fits an [IntervalTable] on forecasts with known truths, which the forecaster was not fitted on. Every n-th
/// window is taken, so that huge histories fit in memory. Not thread-safe.
///
/// Residuals of neighbouring windows of a sensor are about the same, so a step counts as many samples as
/// there are windows whose horizons until it do not overlap. The fewer these are, the closer the table is to
/// fixed quantiles.
public final class IntervalFit {

    private static final int MAX_WINDOWS = 60_000;
    private static final int INPUTS = IntervalTable.INPUTS;
    private static final double SHRINKAGE = 1000; // samples that it takes to believe half of a weight
    private static final int PER_KNOT = 100; // samples
    private static final int MAX_KNOTS = 16;
    private static final float UNIT = 0.25f; // of the mean absolute residual of the first step
    private static final float LEAST = 1e-6f;

    private final WindowSpec window;
    private final Levels levels;
    private final int stride;
    private final float[][] residuals; // [step][window], NaN = no truth
    private final float[][] inputs; // [step][window][input], not yet logarithms
    private long seen;
    private int taken;

    /// @param windows that will be added at most
    public IntervalFit(WindowSpec window, Levels levels, long windows) {
        this.window = window;
        this.levels = levels;
        this.stride = (int) Math.max(1, Math.ceilDiv(windows, MAX_WINDOWS));
        int most = (int) Math.ceilDiv(windows, stride);
        this.residuals = new float[window.horizon()][most];
        this.inputs = new float[window.horizon()][most * INPUTS];
    }

    /// Takes the forecasts of a batch.
    ///
    /// @param values `[window][horizon]`
    public void add(WindowBatch batch, float[] values, History truth) {
        for (int w = 0; w < batch.count(); w++) {
            if (seen++ % stride == 0) {
                for (int step = 0; step < window.horizon(); step++) {
                    float value = values[w * window.horizon() + step];
                    float observed = truth.target(batch.sensor(w), batch.issuedAt(w) + window.lead(step + 1));
                    residuals[step][taken] = observed - value;
                    for (int input = 0; input < INPUTS; input++) {
                        inputs[step][taken * INPUTS + input] = IntervalInput.ALL[input].of(batch, w, step + 1, value);
                    }
                }
                taken++;
            }
        }
    }

    /// The table; null when a step has no residual at all.
    public @Nullable IntervalTable table() {
        int horizon = window.horizon();
        StepFit[] steps = new StepFit[horizon];
        for (int step = 0; step < horizon; step++) {
            steps[step] = new StepFit(levels, Arrays.copyOf(residuals[step], taken), inputs[step]);
            if (steps[step].count() == 0) {
                return null;
            }
        }
        float unit = Math.max(LEAST, UNIT * steps[0].meanResidual());
        float[] means = new float[INPUTS];
        float[] deviations = new float[INPUTS];
        standardise(steps, unit, means, deviations);
        int knots = (int) Math.clamp(samples(0) / PER_KNOT, 1, MAX_KNOTS);
        float[] weights = new float[horizon * (INPUTS + 1)];
        float[] scales = new float[horizon * knots];
        float[] quantiles = new float[scales.length * levels.bounds()];
        float[] fixed = new float[horizon * levels.bounds()];
        for (int step = 0; step < horizon; step++) {
            steps[step].weights(means, deviations, unit, SHRINKAGE / samples(step), weights, step * (INPUTS + 1));
            steps[step].knots(knots, scales, quantiles, step * knots);
            steps[step].fixed(fixed, step * levels.bounds());
        }
        return new IntervalTable(levels, unit, means, deviations, weights, scales, quantiles, fixed);
    }

    /// Of the windows, those whose horizons until a step do not overlap.
    private double samples(int step) {
        return (double) taken * stride / Math.max(stride, window.lead(step + 1));
    }

    /// Mean and standard deviation of each input over all steps.
    private static void standardise(StepFit[] steps, float unit, float[] means, float[] deviations) {
        for (int input = 0; input < INPUTS; input++) {
            double sum = 0;
            double squares = 0;
            long count = 0;
            for (StepFit step : steps) {
                for (int i = 0; i < step.count(); i++) {
                    double value = IntervalTable.standard(input, step.input(i, input), unit);
                    if (Double.isFinite(value)) {
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
            }
            double mean = count == 0 ? 0 : sum / count;
            double variance = count == 0 ? 0 : squares / count - mean * mean;
            means[input] = (float) mean;
            deviations[input] = (float) Math.sqrt(Math.max(LEAST, variance));
        }
    }
}
