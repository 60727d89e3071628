package dev.headwater.forecasting.truth;

import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;

/// The intervals that a stream would have issued with the forecasts of a history: each learns from the truths
/// until its slot. Forecasts come sensor by sensor, in order of slots. Not thread-safe.
public final class CausalIntervals {

    private final IntervalTable table;
    private final History truth;
    private final PendingLayout layout;
    private final PendingForecasts pending;
    private final float[] offsets; // [step][level][lower, upper]
    private String sensor = "";
    private SlotTruth truths = slot -> Float.NaN; // of that sensor

    public CausalIntervals(SensorNetwork network, IntervalTable fitted, History truth) {
        this.layout = new PendingLayout(network);
        this.table = fitted.at(layout.levels());
        this.truth = truth;
        this.pending = new PendingForecasts(layout);
        this.offsets = new float[table.horizon() * layout.levels().bounds()];
    }

    /// The fitted intervals, with the levels of the network.
    public IntervalTable table() {
        return table;
    }

    /// The bounds of a forecast.
    ///
    /// @param values of the batch, `[window][horizon]`
    /// @return `[step][level][lower, upper]`, NaN for none; overwritten by the next call
    public float[] of(WindowBatch batch, int window, float[] values) {
        String id = batch.sensor(window);
        if (!id.equals(sensor)) {
            sensor = id;
            truths = truth.targets(id)::at;
            pending.on(PendingForecasts.empty(layout));
        }
        long slot = batch.issuedAt(window);
        pending.settle(slot, truths, Settled.NONE);
        table.offsets(batch, window, values, offsets);
        pending.issue(slot, (short) 0, batch.lastObserved(window), values, window * table.horizon(), offsets);
        return pending.bounds();
    }
}
