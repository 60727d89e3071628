package dev.headwater.cli;

import dev.headwater.bus.BadKeywordException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.ingest.replay.ClipSource.Recording;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.ReplayReport;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.Limits;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamMetrics;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Sound through the real thing: an embedded broker of its own, the real topology, and a reader of the words heard.
final class SoundReplay {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = Topics.DEFAULT_PARTITIONS;
    private static final long FIRST_SLOT = 80_000_000_000L; // any

    private final SensorNetwork network;
    private final AudioSpec audio;
    private final ServedModel model;
    private final Guarantee guarantee;
    private final KeywordCodec codec = new KeywordCodec();

    /// What came of it.
    ///
    /// @param events  in the order in which they came
    /// @param frames  records sent, ends included
    /// @param seconds from the first frame sent to the last one taken in
    record Outcome(List<KeywordEvent> events, long frames, double seconds) {}

    SoundReplay(SensorNetwork network, AudioSpec audio, ServedModel model, Guarantee guarantee) {
        this.network = network;
        this.audio = audio;
        this.model = model;
        this.guarantee = guarantee;
    }

    /// When the first recording begins, milliseconds since 1970.
    long begin() {
        return network.clock().startMillis(FIRST_SLOT);
    }

    /// Plays recordings as fast as they are taken, and books all words heard.
    ///
    /// @param folder   for the broker's and the stream's files
    /// @param progress told the number of events so far
    Outcome run(List<Recording> recordings, int lanes, Path folder, LongConsumer progress) throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            Topics topics = Topics.of(network);
            TopicAdmin.ensure(client, topics.specs(PARTITIONS));
            try (TopicReader reader = TopicReader.open(client, topics.keywords())) {
                ClipSource source = new ClipSource(network, audio, recordings, lanes, FIRST_SLOT);
                Outcome outcome = serve(client, source, reader, folder, progress);
                reader.drain(record -> outcome.events.add(decoded(record))); // the stream is closed: all is committed
                return outcome;
            }
        }
    }

    private Outcome serve(
            ClientConfig client, ClipSource source, TopicReader reader, Path folder, LongConsumer progress)
            throws InterruptedException {
        StreamSettings settings = StreamSettings.of(
                        client,
                        StreamSettings.defaultApplicationId(network.name()),
                        folder.resolve("streams"),
                        guarantee)
                .with(Limits.ANY_TIME);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (StreamApp app = StreamApp.start(network, PARTITIONS, () -> model, settings, registry)) {
            if (!app.awaitRunning(START_WITHIN)) {
                throw new IllegalStateException("the stream did not start within " + START_WITHIN.toSeconds() + " s");
            }
            return flow(client, source, reader, registry, progress);
        }
    }

    /// Until all frames were taken in; words still on their way are read once the stream is closed.
    private Outcome flow(
            ClientConfig client, ClipSource source, TopicReader reader, MeterRegistry registry, LongConsumer progress) {
        List<KeywordEvent> events = new ArrayList<>();
        long started = System.nanoTime();
        CompletableFuture<ReplayReport> sending = CompletableFuture.supplyAsync(() -> send(client, source));
        long last = started;
        double taken = 0;
        while (!sending.isDone() || taken < joined(sending).readings() - source.recordings()) {
            reader.poll().forEach(record -> events.add(decoded(record)));
            progress.accept(events.size());
            double now = taken(registry);
            last = now > taken ? System.nanoTime() : last;
            taken = now;
            if (System.nanoTime() - last > SILENCE.toNanos()) {
                throw new IllegalStateException("the stream went silent: " + (long) taken
                        + " frames taken in, none for " + SILENCE.toSeconds() + " s");
            }
        }
        return new Outcome(events, joined(sending).readings(), (System.nanoTime() - started) / 1e9);
    }

    private static double taken(MeterRegistry registry) {
        return registry.find(StreamMetrics.READINGS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static ReplayReport send(ClientConfig client, ClipSource source) {
        ReplayOptions options = ReplayOptions.all(Speed.MAX).withProgress(ReplayOptions.Progress.NEVER);
        return new Replayer(client).replay(source, options);
    }

    private static ReplayReport joined(CompletableFuture<ReplayReport> sending) {
        try {
            return sending.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private KeywordEvent decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (BadKeywordException e) {
            throw new IllegalStateException("no word at offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }
}
