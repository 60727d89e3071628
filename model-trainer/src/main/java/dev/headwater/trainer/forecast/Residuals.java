package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.interval.ResidualBand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects `truth - forecast` during evaluation, to fit the interval band on. Every n-th window is taken, so
/// that huge histories fit in memory.
final class Residuals implements Scorer.Sink {

    private static final int MAX_WINDOWS = 250_000;

    private final float[][] residuals; // [step][n]
    private final int[] counts; // [step]
    private final long stride;
    private long seen;
    private boolean taken; // whether the current window is sampled

    /// @param windows windows of the evaluation
    Residuals(int horizon, long windows) {
        this.stride = Math.max(1, windows / MAX_WINDOWS);
        this.residuals = new float[horizon][(int) (windows / stride) + 1];
        this.counts = new int[horizon];
    }

    @Override
    public void add(String sensor, long slot, int step, float forecast, float truth) {
        if (step == 0) {
            taken = seen++ % stride == 0;
        }
        if (taken && !Float.isNaN(truth)) {
            residuals[step][counts[step]++] = truth - forecast;
        }
    }

    /// The band; null when a step has no residual at all.
    @Nullable
    ResidualBand band(double level) {
        float[][] cut = new float[residuals.length][];
        for (int step = 0; step < cut.length; step++) {
            if (counts[step] == 0) {
                return null;
            }
            cut[step] = Arrays.copyOf(residuals[step], counts[step]);
        }
        return ResidualBand.fit(level, cut);
    }
}
