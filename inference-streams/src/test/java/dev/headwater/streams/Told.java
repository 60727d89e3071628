package dev.headwater.streams;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.window.SeasonalInputs;
import dev.headwater.forecasting.window.WindowBatch;

/// Forecasts the values of the seasonal state, so that any wrong value makes the forecast wrong.
final class Told implements Forecaster {
    @Override
    public String name() {
        return "told";
    }

    @Override
    public int horizon() {
        return 12;
    }

    @Override
    public void forecast(WindowBatch batch, float[] out) {
        for (int w = 0; w < batch.count(); w++) {
            for (int step = 1; step <= 12; step++) {
                out[w * 12 + step - 1] = told(batch, w, step);
            }
        }
    }

    static float told(WindowBatch batch, int w, int step) {
        SeasonalInputs inputs = batch.seasonal();
        return known(inputs.stepWeekday(w, step))
                + 3 * known(inputs.stepKind(w, step))
                + 5 * known(inputs.stepSpread(w, step))
                + 11 * known(inputs.sampleWeekday(w, step - 1))
                + 1_000 * known(inputs.stepSeason(w, step, 0))
                + 7 * known(inputs.stepSeason(w, step, 1));
    }

    private static float known(float value) {
        return Float.isNaN(value) ? -1 : value;
    }
}
