package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.replay.ClipSource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `serve` is killed with no warning while words are spoken, and started again: each word is heard exactly
/// once.
class SoundCrashTest {

    private static final Speed PACE = new Speed(3);
    private static final int LANES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final Map<String, KeywordEvent> heard = new HashMap<>();
    private int records;

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void everyWordIsThereAfterAKill(String guarantee) throws Exception {
        // Given
        List<Clip> clips = ClipFolder.read(SpokenTones.folder(folder, 12), SpokenTones.AUDIO, notice -> {});
        Path model = Files.write(folder.resolve("model.zip"), ModelFile.write(SpokenTones.model()));
        Topics topics = Topics.of(SpokenTones.NETWORK);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, topics.specs());
            try (TopicReader reader = TopicReader.open(client, topics.keywords())) {
                CompletableFuture<Void> sending;

                // When
                try (ServeProcess first = serve(client, model, guarantee)) {
                    sending = CompletableFuture.runAsync(() -> send(client, clips));
                    awaitWords(first, reader, clips.size() / 3);
                    first.kill();
                }
                try (ServeProcess second = serve(client, model, guarantee)) {
                    awaitWords(second, reader, clips.size());
                    sending.join();
                }
                reader.drain(record -> book(record.value()));
            }
        }

        // Then
        var classifier = new RecurrentKeywordClassifier(
                Objects.requireNonNull(SpokenTones.model().keywords()), 0);
        for (Clip clip : clips) {
            float[] offline = new float[SpokenTones.AUDIO.words().size()];
            classifier.classify(clip.samples(), 0, offline);
            KeywordEvent event = Objects.requireNonNull(heard.get(clip.source()), clip.source());
            assertThat(event.word()).isEqualTo(SpokenTones.AUDIO.words().get(KeywordEvent.likeliest(offline)));
        }
        if (guarantee.equals("exactly-once")) {
            assertThat(records).isEqualTo(clips.size());
        }
    }

    private ServeProcess serve(ClientConfig client, Path model, String guarantee) throws IOException {
        return ServeProcess.start(
                folder.resolve("serve.log"),
                "--network",
                "speech",
                "--model",
                model.toString(),
                "--bootstrap",
                client.bootstrapServers(),
                "--guarantee",
                guarantee,
                "--data-dir",
                folder.resolve("data").toString(),
                "--metrics-port",
                "0");
    }

    private void awaitWords(ServeProcess serve, TopicReader reader, long wanted) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(serve.isAlive()).as(serve.output()).isTrue();
            reader.poll().forEach(record -> book(record.value()));
            return heard.size() >= wanted;
        });
    }

    /// Records one word per source. A repeated event must equal the first.
    private void book(byte[] value) {
        KeywordEvent event = new KeywordCodec().decode(value);
        KeywordEvent before = heard.putIfAbsent(event.source(), event);
        if (before != null) {
            assertThat(event.from()).isEqualTo(before.from());
            assertThat(event.probabilities()).containsExactly(before.probabilities());
        }
        records++;
    }

    private static void send(ClientConfig client, List<Clip> clips) {
        long now = SpokenTones.NETWORK.clock().slotOf(System.currentTimeMillis());
        ClipSource source =
                new ClipSource(SpokenTones.NETWORK, SpokenTones.AUDIO, ClipSource.recordings(clips), LANES, now);
        new Replayer(client).replay(source, ReplayOptions.all(PACE).withProgress(ReplayOptions.Progress.NEVER));
    }
}
