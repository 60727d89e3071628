package dev.headwater.backtest;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Forecasts kept for drawing: every n-th window with all its steps, and every sensor's forecasts of the last step.
/// Which ones are kept follows from their number alone, so the same evaluation gives the same picture.
public final class ForecastSample implements Scorer.Sink {

    private static final int MAX_POINTS = 3_000;

    private final Series series;
    private final WindowSpec window;
    private final long firstIssued;
    private final Map<String, Integer> sensors = new HashMap<>();
    private final long stride;
    private final float[][] truths; // [step][point]
    private final float[][] forecasts; // [step][point]
    private final int[] counts; // [step]
    private final float[][] last; // [sensor][window], NaN where no forecast was made
    private long seen;
    private boolean taken; // whether the current window is sampled

    /// @param range windows that will be evaluated
    public ForecastSample(Series series, ChronologicalSplit.Range range) {
        int horizon = series.network().window().horizon();
        int count = series.sensors().size();
        long windows = (long) range.count() * count;
        this.series = series;
        this.window = series.network().window();
        this.firstIssued = series.firstSlot() + range.first() + window.span() - 1;
        for (int s = 0; s < count; s++) {
            sensors.put(series.sensors().get(s), s);
        }
        this.stride = Math.ceilDiv(windows, MAX_POINTS);
        this.truths = new float[horizon][MAX_POINTS];
        this.forecasts = new float[horizon][MAX_POINTS];
        this.counts = new int[horizon];
        this.last = new float[count][range.count()];
        for (float[] row : last) {
            Arrays.fill(row, Float.NaN);
        }
    }

    @Override
    public void add(String id, long slot, int step, float forecast, float truth) {
        if (step == 0) {
            taken = seen++ % stride == 0;
        }
        if (taken && !Float.isNaN(truth)) {
            truths[step][counts[step]] = truth;
            forecasts[step][counts[step]++] = forecast;
        }
        if (step == truths.length - 1) {
            last[index(id)][(int) (slot - window.lead(step + 1) - firstIssued)] = forecast;
        }
    }

    private float truth(int sensor, int at, int step) {
        int row = (int) (firstIssued - series.firstSlot()) + at + window.lead(step);
        return row < series.slots() ? series.target(sensor, row) : Float.NaN;
    }

    public int horizon() {
        return truths.length;
    }

    /// Sampled truths of a step, in the unit of the target.
    ///
    /// @param step 0 = the next slot
    public double[] truths(int step) {
        return doubles(truths[step], counts[step]);
    }

    /// The forecasts of the sampled truths, in the same order.
    public double[] forecasts(int step) {
        return doubles(forecasts[step], counts[step]);
    }

    /// A sensor's forecasts of the last step, by window; NaN where none was made.
    public double[] lastForecasts(String sensor) {
        float[] row = last[index(sensor)];
        return doubles(row, row.length);
    }

    /// The truths of these forecasts; NaN where nothing was observed.
    public double[] lastTruths(String sensor) {
        int index = index(sensor);
        double[] out = new double[last[index].length];
        for (int at = 0; at < out.length; at++) {
            out[at] = truth(index, at, truths.length);
        }
        return out;
    }

    private int index(String sensor) {
        Integer index = sensors.get(sensor);
        if (index == null) {
            throw new IllegalArgumentException("no forecasts were judged for sensor " + sensor);
        }
        return index;
    }

    private static double[] doubles(float[] values, int count) {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
