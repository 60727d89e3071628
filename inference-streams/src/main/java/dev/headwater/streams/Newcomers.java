package dev.headwater.streams;

import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.Sensors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// The sensors of a task that have not yet had a full window, in the order of their first readings. When
/// there is no room for another sensor, those that went silent make room: most are made-up ids. Not
/// thread-safe.
final class Newcomers {

    private static final Duration LEAST_IDLE = Duration.ofSeconds(10);
    private static final int INTERVALS = 2; // a true sensor reports at each interval
    private static final int LOOKS = 16; // per newcomer, so that a flood costs little

    private final Sensors sensors;
    private final SensorState view;
    private final int span;
    private final long idle; // milliseconds
    private final Deque<String> ids = new ArrayDeque<>();

    Newcomers(Sensors sensors, int span, Duration interval) {
        this.sensors = sensors;
        this.view = sensors.view();
        this.span = span;
        this.idle = Math.max(LEAST_IDLE.toMillis(), INTERVALS * interval.toMillis());
        sensors.forEach(this::add);
    }

    /// Adds a sensor, unless it has had a full window.
    void add(SensorState state) {
        if (includes(state)) {
            ids.add(state.sensor());
        }
    }

    /// Whether a sensor has not yet had a full window.
    boolean includes(SensorState state) {
        return state.window().isEmpty()
                || state.window().newest() - state.window().first() < span - 1;
    }

    /// Removes the first newcomer that has been silent for too long.
    ///
    /// @param now the clock, milliseconds
    /// @return false when there was none among the first ones
    boolean removeIdle(long now) {
        for (int look = 0; look < LOOKS && !ids.isEmpty(); look++) {
            String id = ids.removeFirst();
            SensorState state = sensors.find(id, view);
            if (state == null || !includes(state)) {
                continue;
            }
            if (isIdle(state, now)) {
                sensors.remove(id);
                return true;
            }
            ids.addLast(id);
        }
        return false;
    }

    boolean isIdle(SensorState state, long now) {
        return now - state.seenAt() > idle;
    }

    /// Drops the entries of sensors that are no newcomers any more.
    void tidy() {
        ids.removeIf(id -> {
            SensorState state = sensors.find(id, view);
            return state == null || !includes(state);
        });
    }
}
