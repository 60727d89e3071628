package dev.headwater.streams;

import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.streams.sensors.Mailbox;
import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.SensorStore;
import dev.headwater.streams.state.Sensors;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// The sensors of a task. Only this class creates, updates and counts their states. Not thread-safe.
///
/// A state is a view: the next call of [#find] or [#begin] points it at another sensor. Issued forecasts and
/// the history have views of their own, since a batch may be forecast while a reading is taken in.
final class SensorTable implements History {

    private final StreamParts parts;
    private final SensorNetwork network;
    private final SlotClock clock;
    private final int span;
    private final int target;
    private final ProcessorContext<byte[], byte[]> context;
    private final Sensors sensors;
    private final SensorState current;
    private final SensorState issued;
    private final SensorState asked;
    private final Newcomers newcomers;
    private final int sensorBytes; // heap of a sensor at most, in other states than this table's too
    private @Nullable SensorState issuing; // found since the last forecast was issued
    private long counted; // heap bytes, in the census

    /// Takes over the restored states.
    SensorTable(StreamParts parts, ProcessorContext<byte[], byte[]> context) {
        this.parts = parts;
        this.network = parts.network();
        this.clock = network.clock();
        this.span = network.window().span();
        this.target = network.targetIndex();
        this.context = context;
        SensorStore store = context.getStateStore(ForecastTopology.SENSORS_STORE);
        this.sensors = store.sensors();
        this.current = sensors.view();
        this.issued = sensors.view();
        this.asked = sensors.view();
        new Inheritance(parts, context, sensors, this::takePast).takeOver();
        this.sensorBytes = sensors.maxBytes()
                + network.sound()
                        .map(audio -> ListeningState.heapBytes(network, audio))
                        .orElse(0);
        this.newcomers = new Newcomers(sensors, span, network.interval());
        parts.census().join(sensors.size());
        countBytes();
    }

    private void takePast(SensorState state, PastReadings.Past past) {
        beginSeasonal(state, past.slot());
        state.read(past.offset());
        state.add(past.slot(), past.values(), target);
        state.seen(context.currentSystemTimeMs());
        state.touch();
    }

    private void countBytes() {
        long now = sensors.heapBytes();
        if (now != counted) {
            parts.census().grow(now - counted);
            counted = now;
        }
    }

    void forEach(Consumer<SensorState> action) {
        sensors.forEach(action);
    }

    /// Answers a question about the sensors, if there is one.
    void answer(Mailbox questions) {
        questions.answer(sensors);
    }

    /// Null when the sensor is unknown.
    @Nullable
    SensorState find(String sensor) {
        return sensors.find(sensor, current);
    }

    /// Number of sensors.
    int size() {
        return sensors.size();
    }

    /// Creates the state of a sensor that is new or whose last state was removed.
    ///
    /// @throws BadReadingException when there is no room for another sensor
    SensorState begin(AdmittedReading first) {
        requireRoom(first.sensor());
        if (!parts.census().admit() && !(makeRoom() && parts.census().admit())) {
            throw tooMany("at most " + network.maxSensors() + " sensors are remembered (maxSensors)", first.sensor());
        }
        SensorState state = sensors.create(first.sensor(), current);
        newcomers.add(state);
        return state;
    }

    /// @throws BadReadingException when there is no room for a reading of a sensor without a full window. The
    ///                             others have all the room that they will ever take
    void requireRoom(SensorState state) {
        if (newcomers.includes(state)) {
            state.seen(context.currentSystemTimeMs()); // it must not make room for itself
            requireRoom(state.sensor());
        }
    }

    private void requireRoom(String sensor) {
        while (!parts.census().hasRoom(sensorBytes)) {
            if (!makeRoom()) {
                throw tooMany(
                        "the states of sensors take at most " + parts.census().maxBytes() + " bytes of memory", sensor);
            }
        }
    }

    /// Removes a sensor that never had a full window.
    private boolean makeRoom() {
        boolean removed = newcomers.removeIdle(context.currentSystemTimeMs());
        if (removed) {
            parts.census().forget(1);
            parts.metrics().forgotten(StreamMetrics.Forgotten.ROOM, 1);
            countBytes();
        }
        return removed;
    }

    private static BadReadingException tooMany(String rule, String sensor) {
        return new BadReadingException(
                DeadLetterReason.TOO_MANY_SENSORS, "key: " + rule + ", found one more, " + sensor);
    }

    /// Puts a reading into the state of its sensor.
    ///
    /// @return true when a forecast is to be issued at its slot
    boolean take(SensorState state, AdmittedReading reading) {
        long slot = reading.slot();
        state.seen(context.currentSystemTimeMs());
        boolean again = state.contains(reading.offset(), slot);
        boolean opens = again ? again(state, slot) : takeNew(state, reading);
        if (state.window().newest() == slot) {
            state.reported(reading.record().timestamp(), clock);
        }
        state.touch();
        countBytes();
        return opens && state.window().covers(slot, span);
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
        beginSeasonal(state, reading.slot());
        SensorWindow.Arrival arrival = state.add(reading.slot(), reading.values(), target);
        parts.metrics().reading(arrival);
        return switch (arrival) {
            case ADVANCED -> true;
            case FILLED -> lost;
            case DUPLICATE, LATE -> false;
        };
    }

    /// Begins the seasonal state with the reading that fills the window.
    private void beginSeasonal(SensorState state, long slot) {
        if (state.needsSeasonal(slot, span)) {
            SeasonalStates starting = parts.model().get().seasonalStates();
            state.beginSeasonal(starting.start(state.sensor(), state.window().oldest()), target);
        }
    }

    /// The state of a sensor whose forecast is being issued; null when the sensor is unknown. A view of its
    /// own, since a batch may be issued while a reading is taken in.
    @Nullable
    SensorState findIssued(String sensor) {
        SensorState found = sensors.find(sensor, issued);
        issuing = found;
        return found;
    }

    /// Records that the forecast at a slot was issued.
    void acknowledge(String sensor, long slot) {
        SensorState known = issuing;
        issuing = null; // with the next reading the view may be out of date
        SensorState state = known != null && known.sensor().equals(sensor) ? known : sensors.find(sensor, issued);
        if (state != null) {
            state.setPending(slot, false);
        }
    }

    /// Ends a sensor: it no longer counts, but its state is kept for a while.
    void end(String sensor) {
        SensorState state = sensors.find(sensor, current);
        if (state != null && !state.hasEnded()) {
            state.end();
            state.seen(context.currentSystemTimeMs());
            parts.census().forget(1);
        }
    }

    void remove(String sensor) {
        sensors.remove(sensor);
        countBytes();
    }

    /// Removes the sensors that have been silent for too long, except those with pending forecasts.
    void forgetSilent(long now) {
        Departure departure = new Departure(parts, newcomers, now);
        sensors.removeIf(departure::isGone);
        departure.report();
        newcomers.tidy();
        countBytes();
    }

    /// Counts the sensors for the metrics; runs on the task's thread, since only that may read their windows.
    void report() {
        Count count = new Count(sensors.size());
        sensors.forEach(count::add);
        parts.census().report(this, count.share());
    }

    /// A running count of a task's sensors.
    private final class Count {
        private final long[] newest; // [sensor that has not ended]
        private final long[] settled; // [sensor that has had a full window]
        private int present;
        private int old;
        private int ready;
        private int pending;
        private int drifting;

        Count(int most) {
            newest = new long[most];
            settled = new long[most];
        }

        void add(SensorState state) {
            pending += state.pendingCount();
            DriftDetector drift = state.drift();
            drifting += drift != null && drift.isDrifting() ? 1 : 0;
            if (!state.hasEnded()) {
                newest[present++] = state.newestTime(clock);
                if (!newcomers.includes(state)) {
                    settled[old++] = state.newestTime(clock);
                }
                ready += state.window().covers(state.window().newest(), span) ? 1 : 0;
            }
        }

        SensorCensus.Share share() {
            return new SensorCensus.Share(
                    Arrays.copyOf(newest, present), Arrays.copyOf(settled, old), ready, pending, drifting);
        }
    }

    /// Removes the task and its sensors from the census.
    void close() {
        int[] here = {0};
        sensors.forEach(state -> here[0] += state.hasEnded() ? 0 : 1);
        parts.census().leave(this, here[0]);
        parts.census().grow(-counted);
    }

    @Override
    public float target(String sensor, long slot) {
        SensorState state = sensors.find(sensor, asked);
        return state == null ? Float.NaN : state.window().value(slot, target);
    }

    @Override
    public SeasonalStates before() {
        return parts.model().get().seasonalStates();
    }

    @Override
    public @Nullable SeasonalView seasonalState(String sensor) {
        SensorState state = sensors.find(sensor, asked);
        return state == null ? null : state.seasonal();
    }
}
