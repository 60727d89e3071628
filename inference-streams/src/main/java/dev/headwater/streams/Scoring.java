package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.accuracy.AccuracyReport.Role;
import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.accuracy.YesterdayValues;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.Settled;
import dev.headwater.forecasting.truth.SettledStep;
import dev.headwater.forecasting.truth.SlotTruth;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.StreamMetrics.Unscored;
import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.TaskAccuracy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the forecasts of a task with their truths, when the next forecast of the sensor is made: its
/// interval learns from all truths until its slot, and from none after it, whatever else the batch holds.
/// Not thread-safe.
final class Scoring implements ForecastKeeper, Settled {

    private final SensorTable table;
    private final TaskAccuracy accuracy;
    private final AccuracyPublisher publisher;
    private final StreamMetrics metrics;
    private final YesterdayValues yesterday;
    private final int target;
    private final SlotTruth truth = this::truth;
    private @Nullable SensorState sensor; // settled last

    Scoring(StreamParts parts, SensorTable table, AccuracyPublisher publisher) {
        this.table = table;
        this.publisher = publisher;
        this.accuracy = publisher.accuracy();
        this.metrics = parts.metrics();
        this.yesterday = new YesterdayValues(parts.network());
        this.target = parts.network().targetIndex();
    }

    private float truth(long slot) {
        SensorState state = sensor;
        return state == null ? Float.NaN : state.window().value(slot, target);
    }

    @Override
    public void settle(String id, long slot) {
        SensorState state = table.findIssued(id);
        sensor = state;
        if (state == null) {
            return;
        }
        if (state.pendingForecasts() == null) {
            state.beginTruth();
        }
        PendingForecasts pending = state.pendingForecasts();
        SensorScores scores = state.scores();
        if (pending != null && scores != null) {
            yesterday.look(state.seasonal());
            pending.settle(slot, truth, this);
            scores.through(Math.max(slot, scores.through()));
            state.touchTruth();
        }
    }

    @Override
    public void settled(SettledStep step) {
        publisher.beforeSlot(step.target());
        if (!accuracy.add(step, yesterday.at(step.target(), step.step()))) {
            metrics.unscored(Unscored.MODEL);
            return;
        }
        publisher.changed();
        SensorScores scores = sensor == null ? null : sensor.scores();
        if (scores != null) {
            scores.add(step);
        }
    }

    @Override
    public void missing(short model, long slot, int step) {
        metrics.unscored(Unscored.NO_TRUTH);
    }

    @Override
    public List<Forecast.Interval> keep(
            ServedModel model, WindowBatch windows, int window, float[] values, float[] offsets) {
        PendingForecasts pending = sensor == null ? null : sensor.pendingForecasts();
        if (pending == null) {
            return List.of(); // the sensor was forgotten
        }
        int horizon = values.length / windows.capacity();
        short tag = accuracy.tag(model.id(), model.artefact(), Role.CHAMPION);
        pending.issue(windows.issuedAt(window), tag, windows.lastObserved(window), values, window * horizon, offsets);
        touch();
        return pending.intervals();
    }

    @Override
    public void abstain(long slot) {
        PendingForecasts pending = sensor == null ? null : sensor.pendingForecasts();
        if (pending != null) {
            pending.abstain(slot);
            touch();
        }
    }

    private void touch() {
        if (sensor != null) {
            sensor.touchTruth();
        }
    }
}
