package dev.headwater.forecasting;

import dev.headwater.forecasting.window.WindowBatch;

/// Makes forecasts from windows: a trained model or a baseline. Thread-safe; every implementation passes the same
/// contract test.
public interface Forecaster {

    /// How forecasts name it: `seq2seq-gru@3`, `persistence`.
    String name();

    /// Slots forecast.
    int horizon();

    /// Forecasts every window of the batch. Each window's forecast depends on that window alone, not on the others in
    /// the batch, and is finite wherever the forecaster has anything to go by.
    ///
    /// @param out `[window][horizon]` in the unit of the target; at least `batch.count() * horizon()` long
    void forecast(WindowBatch batch, float[] out);
}
