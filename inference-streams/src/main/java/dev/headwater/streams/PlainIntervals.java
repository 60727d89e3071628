package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;

/// Forecasts are not compared with their truths: their intervals are those that were fitted.
record PlainIntervals(Levels levels, int horizon) implements ForecastKeeper {

    static PlainIntervals of(SensorNetwork network) {
        return new PlainIntervals(
                new PendingLayout(network).levels(), network.window().horizon());
    }

    @Override
    public void settle(WindowBatch windows, int window) {}

    @Override
    public List<Forecast.Interval> keep(
            ServedModel model, WindowBatch windows, int window, float[] values, float[] offsets) {
        List<Forecast.Interval> intervals = new ArrayList<>(levels.count());
        for (int level = 0; level < levels.count(); level++) {
            if (!Float.isNaN(offsets[2 * level])) {
                intervals.add(interval(level, values, window * horizon, offsets));
            }
        }
        return intervals;
    }

    private Forecast.Interval interval(int level, float[] values, int from, float[] offsets) {
        float[] lower = new float[horizon];
        float[] upper = new float[horizon];
        for (int step = 0; step < horizon; step++) {
            int at = step * levels.bounds() + 2 * level;
            lower[step] = values[from + step] + offsets[at];
            upper[step] = values[from + step] + offsets[at + 1];
        }
        return new Forecast.Interval(levels.values().get(level), lower, upper);
    }

    @Override
    public void shadow(ServedModel challenger, WindowBatch windows, int window, float[] values, float[] offsets) {}

    @Override
    public void endShadow() {}

    @Override
    public void abstain(long slot) {}
}
