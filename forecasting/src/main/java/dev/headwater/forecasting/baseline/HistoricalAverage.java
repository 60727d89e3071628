package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.WindowBatch;

/// The mean over the training part at the same weekday and time of day ("HA" in Li et al., *Diffusion
/// Convolutional Recurrent Neural Network*, 2018).
///
/// @param window      gives the lead time of each step
/// @param climatology the means
/// @param clock       gives the weekday and the time of day of a slot
public record HistoricalAverage(WindowSpec window, Climatology climatology, SlotClock clock) implements Forecaster {

    @Override
    public int horizon() {
        return window.horizon();
    }

    @Override
    public String name() {
        return "historical-average";
    }

    @Override
    public boolean readsSeasonalState() {
        return false;
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        int horizon = horizon();
        for (int w = 0; w < batch.count(); w++) {
            int sensor = climatology.indexOf(batch.sensor(w));
            for (int step = 1; step <= horizon; step++) {
                out[w * horizon + step - 1] = climatology.mean(sensor, clock, batch.issuedAt(w) + window.lead(step));
            }
        }
    }
}
