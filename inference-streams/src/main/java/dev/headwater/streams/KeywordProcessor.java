package dev.headwater.streams;

import dev.headwater.bus.KeywordCodec;
import dev.headwater.forecasting.audio.FrameRing;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordDetector;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SlotClock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Detects keywords in frames of sound, beside the forecaster, and issues keyword events.
///
/// Each frame is stored, with a small record of its source. An event is identified by its source (the key) and
/// the begin of its clip (the time stamp), also when a crash repeats it.
final class KeywordProcessor implements Processor<byte[], AdmittedReading, byte[], byte[]> {

    private final StreamParts parts;
    private final AudioSpec audio;
    private final KeywordMetrics metrics;
    private final SlotClock clock;
    private final KeywordDetector detector;
    private final KeywordCodec codec = new KeywordCodec();
    private final Map<String, ListeningState> states = new HashMap<>();
    private final int sourceBytes;
    private int listening; // sources that have not ended

    private ProcessorContext<byte[], byte[]> context;
    private ListeningStore store;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    KeywordProcessor(StreamParts parts, AudioSpec audio, KeywordMetrics metrics) {
        this.parts = parts;
        this.audio = audio;
        this.metrics = metrics;
        this.clock = parts.network().clock();
        this.detector = new KeywordDetector(parts.network(), audio);
        this.sourceBytes = ListeningState.heapBytes(parts.network(), audio);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        store = new ListeningStore(parts, audio, context);
        states.putAll(store.restore(context.currentSystemTimeMs()));
        count((int) states.values().stream().filter(state -> !state.hasEnded()).count());
        context.schedule(Departure.LOOK_FOR_SOURCES, PunctuationType.WALL_CLOCK_TIME, this::forgetSilent);
    }

    @Override
    public void process(Record<byte[], AdmittedReading> record) {
        AdmittedReading reading = record.value();
        ListeningState state = states.get(reading.sensor());
        if (state != null && state.contains(reading.offset(), reading.slot())) {
            again(reading, state);
        } else if (reading.isEnd()) {
            end(reading, state);
        } else {
            ListeningState open = state == null || state.hasEnded() ? begin(reading.sensor()) : state;
            if (open != null) {
                hear(reading, open);
            }
        }
    }

    /// Counts sources that begin or, below 0, end.
    private void count(int sources) {
        listening += sources;
        parts.census().grow((long) sources * sourceBytes);
    }

    /// Null when there is no room for another source; the forecaster reports that.
    private @Nullable ListeningState begin(String source) {
        boolean many = states.size() >= parts.network().maxSensors() && !states.containsKey(source);
        if (many || !parts.census().hasRoom(sourceBytes)) {
            return null;
        }
        count(1);
        ListeningState state = new ListeningState(parts.network(), audio, context.currentSystemTimeMs());
        states.put(source, state);
        return state;
    }

    private void hear(AdmittedReading reading, ListeningState state) {
        state.seen(context.currentSystemTimeMs());
        FrameRing ring = state.ring();
        if (ring == null || !put(reading, ring)) {
            return; // too late
        }
        long slot = reading.slot();
        state.read(reading.offset(), slot);
        if (slot > state.track().newest()) {
            listen(reading, state, classifier -> detector.advanced(ring, state.track(), slot, classifier));
        }
        store.put(reading.sensor(), state);
    }

    private boolean put(AdmittedReading reading, FrameRing ring) {
        boolean added = ring.add(reading.slot(), reading.samples());
        if (added) {
            store.putFrame(reading.sensor(), ring, reading.slot(), reading.samples());
        }
        return added;
    }

    private void end(AdmittedReading reading, @Nullable ListeningState state) {
        FrameRing ring = state == null ? null : state.ring();
        if (state == null || ring == null) {
            return; // the source is unknown or has ended before
        }
        state.seen(context.currentSystemTimeMs());
        state.read(reading.offset(), reading.slot());
        listen(reading, state, classifier -> detector.ended(ring, state.track(), classifier));
        state.end();
        count(-1);
        store.put(reading.sensor(), state);
        store.removeFrames(reading.sensor());
    }

    /// A redelivered record, which the state already contains. Its event may have been lost with the previous
    /// instance, and its frame too when the crash came between the writes of state and frame.
    private void again(AdmittedReading reading, ListeningState state) {
        ListeningState.Issued issued = state.issuedAt(reading.offset());
        if (issued != null) {
            forward(reading.sensor(), issued);
        }
        FrameRing ring = state.ring();
        if (ring != null && !reading.isEnd() && !ring.holds(reading.slot())) {
            put(reading, ring);
        }
    }

    /// A classifier that fails must not end the stream: the same frame would be redelivered and end it again.
    private void listen(
            AdmittedReading reading, ListeningState state, Function<KeywordClassifier, KeywordDetector.Outcome> look) {
        ServedModel served = parts.model().get();
        KeywordClassifier classifier = served.keywords();
        if (classifier == null) {
            return;
        }
        KeywordDetector.Outcome outcome;
        try {
            outcome = look.apply(classifier);
        } catch (RuntimeException e) {
            parts.model().failed(served, e);
            outcome = new KeywordDetector.Abstained();
        }
        switch (outcome) {
            case KeywordDetector.NotDue() -> {}
            case KeywordDetector.Abstained() -> metrics.abstained.increment();
            case KeywordDetector.Classified(var heard, long nanos) -> {
                metrics.classification.record(nanos, TimeUnit.NANOSECONDS);
                if (heard != null) {
                    issue(reading, state, heard, classifier.name());
                }
            }
        }
    }

    private void issue(AdmittedReading reading, ListeningState state, KeywordDetector.Heard heard, String model) {
        var issued = new ListeningState.Issued(reading.offset(), heard.first(), heard.probabilities(), model);
        state.issue(issued);
        metrics.heard(forward(reading.sensor(), issued).word());
    }

    private KeywordEvent forward(String source, ListeningState.Issued issued) {
        long from = clock.startMillis(issued.first());
        long to = clock.startMillis(issued.first() + detector.clipFrames());
        KeywordEvent event = new KeywordEvent(source, audio.words(), issued.probabilities(), from, to, issued.model());
        byte[] key = source.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, codec.encode(event), from), ForecastTopology.KEYWORDS_SINK);
        return event;
    }

    /// Removes the state of sources that are gone.
    private void forgetSilent(long now) {
        states.entrySet().removeIf(one -> {
            ListeningState state = one.getValue();
            boolean gone = Departure.isGoneSource(state.hasEnded(), state.seenAt(), now, parts.settings());
            if (gone) {
                count(state.hasEnded() ? 0 : -1);
                store.remove(one.getKey());
            }
            return gone;
        });
    }

    @Override
    public void close() {
        count(-listening);
        states.clear();
    }
}
