package dev.headwater.streams;

import dev.headwater.bus.BadReadingException;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.sensors.Mailbox;
import dev.headwater.streams.state.AccuracyStore;
import dev.headwater.streams.state.SensorState;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Adds readings to the sensor table, and lets the issuer forecast them.
///
/// A batch is forecast when it is full, when its oldest reading has waited for the batch delay, when a sensor
/// has as many pending forecasts as its ring keeps older slots, or before a sensor with pending ones begins
/// another day.
final class ForecastProcessor implements Processor<byte[], AdmittedReading, byte[], byte[]> {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final StreamParts parts;
    private final SlotClock clock;

    private SensorTable table;
    private TaskPast past;
    private Issuer issuer;
    private @Nullable AccuracyPublisher publisher; // null where forecasts are not compared
    private Mailbox questions;
    private DeadLetters deadLetters;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    ForecastProcessor(StreamParts parts) {
        this.parts = parts;
        this.clock = parts.network().clock();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        table = new SensorTable(parts, context);
        past = new TaskPast(parts, context);
        publisher = parts.settings().state().scoring() ? publisher(context) : null;
        issuer = new Issuer(parts, table, keeper(publisher, context), context);
        deadLetters = new DeadLetters(context, parts.metrics());
        questions = parts.inquiries().join();
        context.schedule(parts.settings().pace().batchDelay(), PunctuationType.WALL_CLOCK_TIME, now -> {
            issuer.start();
            issuer.flush(now);
            table.answer(questions);
        });
        context.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> report());
        context.schedule(Departure.lookEvery(parts.network()), PunctuationType.WALL_CLOCK_TIME, now -> {
            issuer.flush();
            table.forgetSilent(now);
        });
        reportState();
    }

    private AccuracyPublisher publisher(ProcessorContext<byte[], byte[]> context) {
        AccuracyStore store = context.getStateStore(ForecastTopology.ACCURACY_STORE);
        store.accuracy().begin();
        return new AccuracyPublisher(parts.network(), store.accuracy(), parts.board(), context);
    }

    private ForecastKeeper keeper(@Nullable AccuracyPublisher scored, ProcessorContext<byte[], byte[]> context) {
        DriftWatch drift =
                ForecastTopology.watchesDrift(parts.network(), parts.settings().state())
                        ? new DriftWatch(parts.network(), table, context)
                        : null;
        return scored == null ? PlainIntervals.of(parts.network()) : new Scoring(parts, table, scored, drift);
    }

    private void reportState() {
        table.report();
        past.report();
    }

    private void report() {
        reportState();
        if (publisher != null) {
            publisher.report();
        }
    }

    @Override
    public void process(Record<byte[], AdmittedReading> record) {
        issuer.start();
        AdmittedReading reading = record.value();
        boolean warms = past.warms(reading.offset());
        if (reading.isEnd()) {
            table.end(reading.sensor());
            return;
        }
        try {
            take(reading, stateFor(reading), warms);
        } catch (BadReadingException e) {
            deadLetters.add(reading.record(), e);
        }
    }

    private SensorState stateFor(AdmittedReading reading) {
        SensorState state = table.find(reading.sensor());
        if (state != null && state.hasEndedBefore(reading.offset())) {
            issuer.flush(); // issues what is pending for the source that ended
            table.remove(reading.sensor());
            state = null;
        }
        if (state == null) {
            return table.begin(reading);
        }
        table.requireRoom(state);
        return state;
    }

    private void take(AdmittedReading reading, SensorState state, boolean warms) {
        if (state.pushesOutPending(reading.slot()) || state.finishesDayOfPending(reading.slot(), clock)) {
            issuer.flush();
        }
        boolean due = table.take(state, reading);
        if (warms) {
            return; // a crash repeats no forecast of it, so no commit must come in time for that either
        }
        if (due) {
            issuer.add(state, reading.slot());
        }
        issuer.keepUp(state);
    }

    @Override
    public void close() {
        parts.inquiries().leave(questions);
        table.close();
        past.close();
        if (publisher != null) {
            publisher.close();
        }
    }
}
