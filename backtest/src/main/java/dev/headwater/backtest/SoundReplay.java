package dev.headwater.backtest;

import dev.headwater.bus.BadKeywordException;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.ingest.replay.ClipSource.Recording;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Plays recordings through a [LocalStream] and collects the words heard in them.
final class SoundReplay {

    private static final long FIRST_SLOT = 80_000_000_000L; // arbitrary

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final Guarantee guarantee;
    private final KeywordCodec codec = new KeywordCodec();

    /// Result of a run.
    ///
    /// @param events  in the order in which they came
    /// @param frames  records sent, including those that end a source
    /// @param seconds from the first frame sent until the stream has taken in the last one
    record Outcome(List<KeywordEvent> events, long frames, double seconds) {}

    SoundReplay(SensorNetwork network, AudioSpec audio, ServedModel model, Guarantee guarantee) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.guarantee = guarantee;
    }

    /// Begin of the first recording, milliseconds since 1970.
    long begin() {
        return network.clock().startMillis(FIRST_SLOT);
    }

    /// Plays recordings as fast as Kafka accepts them, and collects all words heard.
    ///
    /// @param lanes    recordings played side by side
    /// @param folder   for the files of broker and stream
    /// @param progress receives the number of events so far
    Outcome run(List<Recording> recordings, int lanes, Path folder, LongConsumer progress) throws InterruptedException {
        List<KeywordEvent> events = new ArrayList<>();
        ClipSource source = new ClipSource(network, audio, recordings, lanes, FIRST_SLOT);
        try (LocalStream local = LocalStream.open(network, folder);
                TopicReader reader = local.read(Topics.of(network).keywords())) {
            Flow flow;
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            try (StreamApp app = local.serve(model, guarantee, registry)) {
                flow = Flow.through(
                        () -> new Replayer(local.client())
                                .replay(
                                        source,
                                        ReplayOptions.all(Speed.MAX).withProgress(ReplayOptions.Progress.NEVER)),
                        () -> {
                            reader.poll().forEach(record -> events.add(decoded(record)));
                            progress.accept(events.size());
                        },
                        () -> taken(registry),
                        source.frames(),
                        "frames");
            }
            reader.drain(record -> events.add(decoded(record))); // the stream is closed: all is committed
            return new Outcome(events, flow.sent().readings(), flow.seconds());
        }
    }

    private static long taken(SimpleMeterRegistry registry) {
        return (long) registry.find(StreamMetrics.READINGS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private KeywordEvent decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (BadKeywordException e) {
            throw new IllegalStateException("no word at offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }
}
