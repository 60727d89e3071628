package dev.headwater.forecasting;

import dev.headwater.forecasting.window.WindowBatch;

/// Makes forecasts from windows: a trained model or a baseline. Thread-safe; every implementation passes the same
/// contract test.
public interface Forecaster {

    /// Name used in forecasts: `seq2seq-gru@3`, `persistence`.
    String name();

    /// Number of slots forecast.
    int horizon();

    /// Whether forecasts depend on the seasonal states of the sensors; where nothing does, they need not be made.
    default boolean readsSeasonalState() {
        return true;
    }

    /// Forecasts every window of the batch. Each forecast depends on its own window alone, and is finite
    /// wherever the forecaster has any data to use.
    ///
    /// @param out `[window][horizon]` in the unit of the target; at least `batch.count() * horizon()` long
    void forecast(WindowBatch batch, float[] out);
}
