package dev.headwater.streams;

import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// The sensors of a task. Only this class creates, updates, stores and counts their states. Not thread-safe.
final class SensorTable implements History {

    private final StreamParts parts;
    private final SensorNetwork network;
    private final ProcessorContext<byte[], byte[]> context;
    private final SensorStore store;
    private final Map<String, SensorState> states = new LinkedHashMap<>(); // in the store's order after a restart

    /// Restores the states from the stores.
    SensorTable(StreamParts parts, ProcessorContext<byte[], byte[]> context) {
        this.parts = parts;
        this.network = parts.network();
        this.context = context;
        this.store = new SensorStore(network, context);
        long now = context.currentSystemTimeMs();
        store.forEach(parts.model().get().seasonalStates(), (sensor, state) -> {
            states.put(sensor, state);
            state.seen(now);
        });
        parts.census().join(states.size());
    }

    void forEach(BiConsumer<String, SensorState> action) {
        states.forEach(action);
    }

    /// Null when the sensor is unknown.
    @Nullable
    SensorState find(String sensor) {
        return states.get(sensor);
    }

    /// Creates the state of a sensor that is new or whose last state was removed.
    ///
    /// @throws BadReadingException when the number of sensors is at its maximum
    SensorState begin(AdmittedReading first) {
        if (!parts.census().admit()) {
            throw new BadReadingException(
                    DeadLetterReason.TOO_MANY_SENSORS,
                    "key: at most " + network.maxSensors() + " sensors are remembered (maxSensors), found one more, "
                            + first.sensor());
        }
        SensorState state = new SensorState(network, starting(first));
        states.put(first.sensor(), state);
        return state;
    }

    private @Nullable SeasonalState starting(AdmittedReading first) {
        if (!network.features().readsSeasonalState()) {
            return null;
        }
        SeasonalState seasonalState = parts.model().get().seasonalStates().start(first.sensor(), first.slot());
        seasonalState.touchAll();
        return seasonalState;
    }

    /// Puts a reading into the state of its sensor; [#put] writes it.
    ///
    /// @param commits number of commits requested so far
    /// @return true when a forecast is to be issued at its slot
    boolean take(SensorState state, AdmittedReading reading, int commits) {
        long slot = reading.slot();
        state.seen(context.currentSystemTimeMs());
        state.reported(reading.record().timestamp());
        boolean again = state.contains(reading.offset(), slot);
        state.reportsAfter(commits, slot, again);
        return (again ? again(state, slot) : takeNew(state, reading))
                && state.window().covers(slot, network.window().span());
    }

    /// A redelivered reading, which the state contains: its forecast may have been lost with the previous
    /// instance.
    private boolean again(SensorState state, long slot) {
        parts.metrics().redelivered.increment();
        return state.window().opened(slot);
    }

    /// When a crash removed a reading from the state, its forecast is issued again, since it was made without
    /// that reading.
    private boolean takeNew(SensorState state, AdmittedReading reading) {
        boolean lost = state.lost(reading.offset(), reading.slot());
        if (!lost) {
            state.read(reading.offset());
        }
        SensorWindow.Arrival arrival = state.add(reading.slot(), reading.values(), network.targetIndex());
        parts.metrics().reading(arrival);
        return switch (arrival) {
            case ADVANCED -> true;
            case FILLED -> lost;
            case DUPLICATE, LATE -> false;
        };
    }

    /// Writes what has changed.
    void put(String sensor, SensorState state) {
        store.put(sensor, state);
    }

    /// Records that the forecast at a slot was issued.
    void acknowledge(String sensor, long slot) {
        SensorState state = states.get(sensor);
        if (state != null) {
            state.acknowledge(slot);
            store.put(sensor, state);
        }
    }

    /// Ends a sensor: it no longer counts, but its state is kept for a while.
    void end(String sensor) {
        SensorState state = states.get(sensor);
        if (state != null && !state.hasEnded()) {
            state.end();
            state.seen(context.currentSystemTimeMs());
            parts.census().forget(1);
        }
    }

    void remove(String sensor) {
        SensorState state = states.remove(sensor);
        if (state != null) {
            store.remove(sensor, state);
        }
    }

    /// Removes the state of sources of sound that are gone.
    void forgetSilent(long now) {
        states.entrySet().removeIf(one -> {
            SensorState state = one.getValue();
            boolean gone = Departure.isGone(state.hasEnded(), state.seenAt(), now, parts.settings());
            if (gone) {
                parts.census().forget(state.hasEnded() ? 0 : 1);
                store.remove(one.getKey(), state);
            }
            return gone;
        });
    }

    /// Counts the sensors for the metrics; runs on the task's thread, since only that may read their windows.
    void report() {
        SlotClock clock = network.clock();
        int span = network.window().span();
        long[] newest = new long[states.size()];
        int present = 0;
        int ready = 0;
        int pending = 0;
        for (SensorState state : states.values()) {
            pending += state.pendingCount();
            if (!state.hasEnded()) {
                newest[present++] = state.newestTime(clock);
                ready += state.window().covers(state.window().newest(), span) ? 1 : 0;
            }
        }
        parts.census().report(this, new SensorCensus.Share(Arrays.copyOf(newest, present), ready, pending));
    }

    /// Removes the task and its sensors from the census.
    void close() {
        long here = states.values().stream().filter(state -> !state.hasEnded()).count();
        parts.census().leave(this, Math.toIntExact(here));
        states.clear();
    }

    @Override
    public float target(String sensor, long slot) {
        SensorState state = states.get(sensor);
        return state == null ? Float.NaN : state.window().value(slot, network.targetIndex());
    }

    @Override
    public @Nullable SeasonalView seasonalState(String sensor) {
        SensorState state = states.get(sensor);
        return state == null ? null : state.seasonalState();
    }
}
