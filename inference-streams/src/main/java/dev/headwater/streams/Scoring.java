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
    private final Settled shadow = new ShadowSettled();
    private final @Nullable DriftWatch drift; // null where sensors are not watched
    private @Nullable SensorState sensor; // settled last
    private boolean shadowing = true; // by the stored figures, until the first batch shows otherwise

    /// @param drift null where sensors are not watched
    Scoring(StreamParts parts, SensorTable table, AccuracyPublisher publisher, @Nullable DriftWatch drift) {
        this.drift = drift;
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
    public void settle(WindowBatch windows, int window) {
        SensorState state = table.findIssued(windows.sensor(window));
        long slot = windows.issuedAt(window);
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
            PendingForecasts challenger = state.shadowForecasts();
            if (challenger != null) {
                challenger.settle(slot, truth, shadow);
            }
            if (drift != null) {
                drift.look(state, windows, window);
            }
            state.touchTruth();
        }
    }

    @Override
    public void settled(SettledStep step) {
        if (drift != null) {
            drift.add(step);
        }
        SensorScores scores = sensor == null ? null : sensor.scores();
        if (count(step) && scores != null) {
            scores.add(step);
        }
    }

    private boolean count(SettledStep step) {
        publisher.beforeSlot(step.target());
        boolean counted = accuracy.add(step, yesterday.at(step.target(), step.step()));
        if (counted) {
            publisher.changed();
        } else {
            metrics.unscored(Unscored.MODEL);
        }
        return counted;
    }

    /// Steps of the challenger count for its own figures alone.
    private final class ShadowSettled implements Settled {

        @Override
        public void settled(SettledStep step) {
            count(step);
        }

        /// Counted for the model in service already: the same truth is missing.
        @Override
        public void missing(short model, long slot, int step) {}
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
    public void shadow(ServedModel challenger, WindowBatch windows, int window, float[] values, float[] offsets) {
        SensorState state = sensor;
        if (state == null) {
            return; // the sensor was forgotten
        }
        shadowing = true;
        short tag = accuracy.tag(challenger.id(), challenger.artefact(), Role.CHALLENGER);
        long slot = windows.issuedAt(window);
        PendingForecasts pending = state.shadowForecasts();
        if (pending == null) {
            pending = state.beginShadow();
            pending.settle(slot, truth, shadow);
        }
        int horizon = values.length / windows.capacity();
        pending.issue(slot, tag, windows.lastObserved(window), values, window * horizon, offsets);
    }

    @Override
    public void endShadow() {
        if (sensor != null) {
            sensor.endShadow();
        }
        if (shadowing) {
            accuracy.end(Role.CHALLENGER);
            shadowing = false;
        }
    }

    @Override
    public void abstain(long slot) {
        PendingForecasts challenger = sensor == null ? null : sensor.shadowForecasts();
        if (challenger != null) {
            challenger.abstain(slot);
        }
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
