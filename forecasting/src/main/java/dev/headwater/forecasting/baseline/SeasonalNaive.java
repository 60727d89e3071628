package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.window.WindowBatch;

/// The value one period ago (Hyndman & Athanasopoulos, *Forecasting: Principles and Practice*, 5.2); where that one is
/// missing or not kept, what persistence says.
///
/// @param name     `yesterday` or `last-week`
/// @param horizon  slots forecast
/// @param period   slots of one season
/// @param fallback used when the window is empty too, in the unit of the target
public record SeasonalNaive(String name, int horizon, int period, float fallback) implements Forecaster {

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        for (int w = 0; w < batch.count(); w++) {
            float last = batch.lastObserved(w);
            float substitute = Float.isNaN(last) ? fallback : last;
            for (int step = 1; step <= horizon; step++) {
                float past = batch.history().target(batch.sensor(w), seasonAgo(batch.issuedAt(w), step));
                out[w * horizon + step - 1] = Float.isNaN(past) ? substitute : past;
            }
        }
    }

    /// The slot as many whole periods before the forecast one as it takes to lie in the past: a horizon longer than the
    /// period must not read the future.
    private long seasonAgo(long issuedAt, int step) {
        int periods = (step + period - 1) / period;
        return issuedAt + step - (long) periods * period;
    }
}
