package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.WindowBatch;

/// The value one period ago (Hyndman & Athanasopoulos, *Forecasting: Principles and Practice*, 5.2); where it
/// is missing or no longer kept, the forecast of persistence.
///
/// @param name     `yesterday` or `last-week`
/// @param window   gives the lead time of each step
/// @param period   slots of one season
/// @param fallback forecast where the window has no observation either, in the unit of the target
public record SeasonalNaive(String name, WindowSpec window, int period, float fallback) implements Forecaster {

    @Override
    public int horizon() {
        return window.horizon();
    }

    @Override
    public boolean readsSeasonalState() {
        return false;
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        int horizon = horizon();
        for (int w = 0; w < batch.count(); w++) {
            float last = batch.lastObserved(w);
            float substitute = Float.isNaN(last) ? fallback : last;
            for (int step = 1; step <= horizon; step++) {
                float seasonalState = batch.history().target(batch.sensor(w), seasonAgo(batch.issuedAt(w), step));
                out[w * horizon + step - 1] = Float.isNaN(seasonalState) ? substitute : seasonalState;
            }
        }
    }

    /// The forecast slot moved back by the fewest whole periods that put it in the past: when the horizon is
    /// longer than the period, one period would read the future.
    private long seasonAgo(long issuedAt, int step) {
        int lead = window.lead(step);
        int periods = Math.ceilDiv(lead, period);
        return issuedAt + lead - (long) periods * period;
    }
}
