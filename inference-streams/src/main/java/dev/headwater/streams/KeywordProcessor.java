package dev.headwater.streams;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.forecasting.audio.FrameRing;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordDetector;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to frames of sound beside the forecaster, and issues the words heard.
///
/// A frame writes itself and a small record of its source. A word's identity is its source and where its clip begins,
/// so what a crash repeats replaces itself. Records that are no frames are left to the forecaster, which sets them
/// aside.
final class KeywordProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(KeywordProcessor.class);

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ModelSource model;
    private final StreamSettings settings;
    private final StreamMetrics.Keywords metrics;
    private final SlotClock clock;
    private final Admission admission;
    private final KeywordDetector detector;
    private final KeywordCodec codec = new KeywordCodec();
    private final Map<String, ListeningState> states = new HashMap<>();

    private ProcessorContext<byte[], byte[]> context;
    private ListeningStore store;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    KeywordProcessor(
            SensorNetwork network,
            AudioSpec audio,
            ModelSource model,
            StreamSettings settings,
            StreamMetrics.Keywords metrics) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = network.clock();
        this.admission = new Admission(network, settings.limits());
        this.detector = new KeywordDetector(network, audio);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        store = new ListeningStore(network, audio, context);
        states.putAll(store.restore(context.currentSystemTimeMs()));
        context.schedule(Departure.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetSilent);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        String source;
        short[] frame;
        long time = EventTime.of(record);
        try {
            source = admission.sensor(record.key());
            admission.requireTime(time, context.currentSystemTimeMs());
            frame = admission.frame(record.value(), record.headers());
        } catch (BadReadingException e) {
            LOG.trace("left to the forecaster, which sets it aside", e);
            return;
        }
        take(source, clock.slotOf(time), frame);
    }

    private void take(String source, long slot, short[] frame) {
        boolean end = frame.length == 0;
        ListeningState state = states.get(source);
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(Long.MAX_VALUE);
        if (state != null && state.contains(offset, slot)) {
            again(source, state, offset, slot, frame);
        } else if (end) {
            end(source, state, offset, slot);
        } else {
            ListeningState open = state == null || state.hasEnded() ? begin(source) : state;
            if (open != null) {
                hear(source, open, offset, slot, frame);
            }
        }
    }

    /// Null when as many sources are listened to as may be; the forecaster says so.
    private @Nullable ListeningState begin(String source) {
        if (states.size() >= network.maxSensors() && !states.containsKey(source)) {
            return null;
        }
        ListeningState state = new ListeningState(network, audio, context.currentSystemTimeMs());
        states.put(source, state);
        return state;
    }

    private void hear(String source, ListeningState state, long offset, long slot, short[] frame) {
        state.seen(context.currentSystemTimeMs());
        FrameRing ring = state.ring();
        if (ring == null || !ring.add(slot, frame)) {
            return; // too late
        }
        store.putFrame(source, ring, slot, frame);
        state.read(offset, slot);
        if (slot > state.track().newest()) {
            listen(source, state, offset, classifier -> detector.advanced(ring, state.track(), slot, classifier));
        }
        store.put(source, state);
    }

    private void end(String source, @Nullable ListeningState state, long offset, long slot) {
        FrameRing ring = state == null ? null : state.ring();
        if (state == null || ring == null) {
            return; // nothing of it is known, or it has ended before
        }
        state.seen(context.currentSystemTimeMs());
        state.read(offset, slot);
        listen(source, state, offset, classifier -> detector.ended(ring, state.track(), classifier));
        state.end();
        store.put(source, state);
        store.removeFrames(source);
    }

    /// A record that the state contains already: its word may have been lost with the instance that took it in, and so
    /// may its frame, when the crash came between writing the two.
    private void again(String source, ListeningState state, long offset, long slot, short[] frame) {
        ListeningState.Issued issued = state.issuedAt(offset);
        if (issued != null) {
            forward(source, issued);
        }
        FrameRing ring = state.ring();
        if (ring != null && frame.length > 0 && !ring.holds(slot) && ring.add(slot, frame)) {
            store.putFrame(source, ring, slot, frame);
        }
    }

    /// A classifier that fails must not end the stream: the same frame would come again, and end it again.
    private void listen(
            String source,
            ListeningState state,
            long offset,
            Function<KeywordClassifier, KeywordDetector.Outcome> look) {
        ServedModel served = model.get();
        KeywordClassifier classifier = served.keywords();
        if (classifier == null) {
            return;
        }
        KeywordDetector.Outcome outcome;
        try {
            outcome = look.apply(classifier);
        } catch (RuntimeException e) {
            model.failed(served, e);
            outcome = new KeywordDetector.Abstained();
        }
        issue(source, state, offset, outcome, classifier);
    }

    private void issue(
            String source,
            ListeningState state,
            long offset,
            KeywordDetector.Outcome outcome,
            KeywordClassifier classifier) {
        switch (outcome) {
            case KeywordDetector.NotDue() -> {}
            case KeywordDetector.Abstained() -> metrics.abstained();
            case KeywordDetector.Classified(var heard, long nanos) -> {
                metrics.classified(nanos);
                if (heard != null) {
                    var issued =
                            new ListeningState.Issued(offset, heard.first(), heard.probabilities(), classifier.name());
                    state.issue(issued);
                    metrics.heard(forward(source, issued).word());
                }
            }
        }
    }

    private KeywordEvent forward(String source, ListeningState.Issued issued) {
        long from = clock.startMillis(issued.first());
        long to = clock.startMillis(issued.first() + detector.clipFrames());
        KeywordEvent event = new KeywordEvent(source, audio.words(), issued.probabilities(), from, to, issued.model());
        byte[] key = source.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, codec.encode(event), from), ForecastTopology.KEYWORDS_SINK);
        return event;
    }

    /// Sources come and go; what is known of one that went is of no use.
    private void forgetSilent(long now) {
        Iterator<Map.Entry<String, ListeningState>> all = states.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, ListeningState> one = all.next();
            ListeningState state = one.getValue();
            if (Departure.isGone(state.hasEnded(), state.seenAt(), now, settings)) {
                store.remove(one.getKey());
                all.remove();
            }
        }
    }

    @Override
    public void close() {
        states.clear();
    }
}
