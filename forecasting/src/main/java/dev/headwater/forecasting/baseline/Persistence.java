package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;

/// The last observed value at every step (the "naive" forecast of Hyndman & Athanasopoulos, *Forecasting:
/// Principles and Practice*, 5.2).
///
/// @param horizon  slots forecast
/// @param fallback forecast for a window without an observation, in the unit of the target
public record Persistence(int horizon, float fallback) implements Forecaster {

    @Override
    public String name() {
        return "persistence";
    }

    @Override
    public boolean readsSeasonalState() {
        return false;
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        for (int w = 0; w < batch.count(); w++) {
            float last = batch.lastObserved(w);
            Arrays.fill(out, w * horizon, (w + 1) * horizon, Float.isNaN(last) ? fallback : last);
        }
    }
}
