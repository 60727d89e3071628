package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;

/// Fitted offsets of the bounds from a forecast, by lead and by group of what is known at issue time.
public final class IntervalTable {

    private final Levels levels;
    private final int horizon;
    private final float[] offsets; // [group][step][level][lower, upper], NaN where a level was not fitted

    private IntervalTable(Levels levels, int horizon, float[] offsets) {
        this.levels = levels;
        this.horizon = horizon;
        this.offsets = offsets;
    }

    /// A table of one group, for a model that has residual quantiles of one level alone. Levels other than
    /// that one have no bounds.
    public static IntervalTable of(ResidualBand band, Levels levels) {
        int horizon = band.lower().length;
        float[] offsets = new float[horizon * levels.bounds()];
        Arrays.fill(offsets, Float.NaN);
        int level = levels.indexOf(band.level());
        for (int step = 0; level >= 0 && step < horizon; step++) {
            int at = step * levels.bounds() + 2 * level;
            offsets[at] = band.lower()[step];
            offsets[at + 1] = band.upper()[step];
        }
        return new IntervalTable(levels, horizon, offsets);
    }

    public Levels levels() {
        return levels;
    }

    /// The offsets for a forecast.
    ///
    /// @param batch  with the window that was forecast
    /// @param values the forecasts of the batch, `[window][horizon]`
    /// @param out    `[horizon][level][lower, upper]`, to be filled: distance from the value, NaN for no
    ///               bound
    public void offsets(WindowBatch batch, int window, float[] values, float[] out) {
        System.arraycopy(offsets, 0, out, 0, horizon * levels.bounds());
    }
}
