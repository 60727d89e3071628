package dev.headwater.streams;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.window.SensorWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Takes readings in, keeps the windows, and issues forecasts in micro-batches.
///
/// A batch is forecast when it is full, when its oldest reading has waited for the batch delay, or when a sensor is
/// owed as many forecasts as its ring can give back.
final class ForecastProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final SensorNetwork network;
    private final ModelSource model;
    private final StreamSettings settings;
    private final StreamMetrics metrics;
    private final SlotClock clock;
    private final Admission admission;
    private final SensorCensus census;
    private final ForecastCodec forecasts;
    private final MicroBatch batch;
    private final Map<String, SensorState> states = new HashMap<>();
    private final Deque<Pending> inherited = new ArrayDeque<>();
    private final int maxPending;

    /// A forecast that the instance before did not issue.
    private record Pending(String sensor, SensorState state, long slot) {}

    private ProcessorContext<byte[], byte[]> context;
    private SensorStore store;
    private int commitsAsked;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    ForecastProcessor(
            SensorNetwork network,
            ModelSource model,
            StreamSettings settings,
            StreamMetrics metrics,
            SensorCensus census) {
        this.network = network;
        this.model = model;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = network.clock();
        this.admission = new Admission(network, settings.limits());
        this.census = census;
        this.forecasts = new ForecastCodec(network);
        this.batch = new MicroBatch(
                network, model, settings.pace().batchSize(), new KeptHistory(network, states), metrics, this::issue);
        this.maxPending = SensorState.maxPending(network);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        store = new SensorStore(network, context);
        context.schedule(settings.pace().batchDelay(), PunctuationType.WALL_CLOCK_TIME, now -> {
            issueInherited();
            batch.flush();
        });
        context.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> report());
        if (network.audio() != null) {
            context.schedule(Departure.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetSilent);
        }
        restore();
        census.join(states.size());
        report();
    }

    /// Takes the states back and notes what the instance before left owing. It is issued when the stream runs: nothing
    /// may be sent on from `init`, and there may be more of it than a batch holds.
    private void restore() {
        long now = context.currentSystemTimeMs();
        store.forEach(model.get().seasonalStates(), (sensor, state) -> {
            states.put(sensor, state);
            state.seen(now);
            for (long slot : state.pending()) {
                inherited.add(new Pending(sensor, state, slot));
            }
        });
    }

    /// Before anything else changes the windows they are made from.
    private void issueInherited() {
        for (Pending forecast = inherited.poll(); forecast != null; forecast = inherited.poll()) {
            batch.add(forecast.sensor, forecast.state.window(), forecast.slot);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        issueInherited();
        long time = EventTime.of(record);
        try {
            String sensor = admission.sensor(record.key());
            admission.requireTime(time, context.currentSystemTimeMs());
            float[] reading = admission.values(record.value(), record.headers());
            if (reading.length == 0) {
                end(sensor);
            } else {
                take(sensor, stateOf(sensor, time), time, reading);
            }
        } catch (BadReadingException e) {
            deadLetter(record, time, e);
        }
    }

    /// The sensor says that it has ended, as sources of sound do.
    private void end(String sensor) {
        SensorState state = states.get(sensor);
        if (state != null && !state.hasEnded()) {
            state.end();
            state.seen(context.currentSystemTimeMs());
            census.forget(1);
        }
    }

    private SensorState stateOf(String sensor, long time) {
        SensorState state = states.get(sensor);
        if (state != null && state.hasEnded() && !state.isBehind(offset())) {
            batch.flush(); // what the one before is owed
            states.remove(sensor);
            store.remove(sensor, state);
            state = null;
        }
        if (state == null) {
            if (!census.admit()) {
                throw new BadReadingException(
                        DeadLetterReason.TOO_MANY_SENSORS,
                        "key: at most " + census.most() + " sensors are remembered (maxSensors), found one more, "
                                + sensor);
            }
            state = new SensorState(network, starting(sensor, clock.slotOf(time)));
            states.put(sensor, state);
        }
        return state;
    }

    private @Nullable SeasonalState starting(String sensor, long slot) {
        if (!network.features().readsSeasonalState()) {
            return null;
        }
        SeasonalState seasonalState = model.get().seasonalStates().start(sensor, slot);
        seasonalState.touchAll();
        return seasonalState;
    }

    private void take(String sensor, SensorState state, long time, float[] reading) {
        long slot = clock.slotOf(time);
        long offset = offset();
        state.seen(context.currentSystemTimeMs());
        state.reported(time);
        boolean again = state.contains(offset, slot);
        state.reportsAfter(commitsAsked, slot, again);
        boolean issue = again ? again(state, slot) : take(state, slot, offset, reading);
        if (issue) {
            state.addPending(slot);
            batch.add(sensor, state.window(), slot);
        }
        store.put(sensor, state);
        if (state.pendingCount() >= maxPending) {
            batch.flush();
        }
        boundWhatACrashRepeats(state);
    }

    private long offset() {
        return context.recordMetadata().map(RecordMetadata::offset).orElse(Long.MAX_VALUE);
    }

    /// A new reading: true when a forecast is to be issued at its slot. One that a crash has taken out of the state
    /// is issued again, for what was owed for it was made without it.
    private boolean take(SensorState state, long slot, long offset, float[] reading) {
        boolean lost = state.lost(offset, slot);
        if (!lost) {
            state.read(offset);
        }
        SensorWindow.Arrival arrival = state.add(slot, reading, network.targetIndex());
        metrics.reading(arrival);
        return switch (arrival) {
            case ADVANCED -> state.window().covers(slot, network.window().span());
            case FILLED -> lost && state.window().covers(slot, network.window().span());
            case DUPLICATE, LATE -> false;
        };
    }

    /// A reading that the state contains already: its forecast may have been lost with the instance that took it in.
    private boolean again(SensorState state, long slot) {
        metrics.redelivered();
        return state.window().opened(slot)
                && state.window().covers(slot, network.window().span());
    }

    /// A forecast of the batch, made at its slot, goes out.
    private void issue(Forecast forecast, long slot) {
        byte[] key = forecast.sensor().getBytes(StandardCharsets.UTF_8);
        context.forward(
                new Record<>(key, forecasts.encode(forecast), forecast.issuedAt()), ForecastTopology.FORECASTS_SINK);
        SensorState state = states.get(forecast.sensor());
        if (state != null) {
            state.acknowledge(slot);
            store.put(forecast.sensor(), state);
        }
    }

    /// Sources of sound come and go; what is known of one that went is of no use.
    private void forgetSilent(long now) {
        batch.flush();
        Iterator<Map.Entry<String, SensorState>> all = states.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, SensorState> one = all.next();
            SensorState state = one.getValue();
            if (Departure.isGone(state.hasEnded(), state.seenAt(), now, settings)) {
                census.forget(state.hasEnded() ? 0 : 1);
                store.remove(one.getKey(), state);
                all.remove();
            }
        }
    }

    private void deadLetter(Record<byte[], byte[]> record, long time, BadReadingException fault) {
        metrics.deadLetter(fault.reason());
        DeadLetter.Source source = context.recordMetadata()
                .map(from -> new DeadLetter.Source(from.topic(), from.partition(), from.offset(), time))
                .orElseGet(() -> new DeadLetter.Source("", -1, -1, time));
        DeadLetter letter =
                DeadLetter.of(fault, source, record.key(), record.value(), EventTime.withoutMark(record.headers()));
        context.forward(
                new Record<>(letter.key(), letter.value(), record.timestamp(), letter.allHeaders()),
                ForecastTopology.DEAD_LETTERS_SINK);
    }

    /// Counts the sensors for the metrics, on this thread, which alone may read their windows.
    private void report() {
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
        census.report(this, new SensorCensus.Share(Arrays.copyOf(newest, present), ready, pending));
    }

    /// At least once, readings since the last commit come again after a crash, and their forecasts are made again from
    /// the ring. So no sensor may go on by more slots between two commits than its ring holds beyond the window.
    private void boundWhatACrashRepeats(SensorState state) {
        if (settings.guarantee() == Guarantee.AT_LEAST_ONCE && state.uncommitted() >= maxPending / 2) {
            commitsAsked++;
            context.commit();
        }
    }

    @Override
    public void close() {
        long here = states.values().stream().filter(state -> !state.hasEnded()).count();
        census.leave(this, Math.toIntExact(here));
        states.clear();
        inherited.clear();
        batch.clear();
    }
}
