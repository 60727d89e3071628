package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands on a network with sound.
class SoundCommandsTest {

    @TempDir
    private Path folder;

    private Path model() throws IOException {
        return Files.write(folder.resolve("model.zip"), ModelFile.write(SpokenTones.model()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void replayHearsWhatEvaluationHears(String guarantee) throws IOException {
        // Given clips of eight speakers and a classifier
        Path clips = SpokenTones.folder(folder, 16);
        // When those of the training part go through the stream
        CommandRun run = CommandRun.of(
                "replay",
                "--network",
                "speech",
                "--from",
                clips.toString(),
                "--model",
                model().toString(),
                "--split",
                "train",
                "--guarantee",
                guarantee,
                "--continuous",
                "--json");
        // Then each gives one word, the same as offline
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new JsonMapper().readTree(run.out());
        assertThat(report.get("clips").asInt()).isBetween(48, 127);
        assertThat(report.get("missing").asInt()).isZero();
        assertThat(report.get("doubled").asInt()).isZero();
        assertThat(report.get("sameAsOffline").asDouble()).isEqualTo(1);
        assertThat(report.get("frames").asInt())
                .isEqualTo(51 * report.get("clips").asInt());
        JsonNode continuous = report.get("continuous");
        assertThat(continuous.get("utterances").asInt())
                .isEqualTo(report.get("clips").asInt());
        assertThat(continuous.get("events").asInt())
                .isEqualTo(continuous.get("heard").asInt()
                        + continuous.get("extra").asInt());
    }

    @Test
    void ingestPlaysAFolderAndAFile() throws IOException {
        Path clips = SpokenTones.folder(folder, 2);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            // When a folder is played, and one of its files under another source name
            CommandRun all = ingest(broker, clips.toString(), "--parallel", "5", "--json");
            CommandRun one = ingest(
                    broker, clips.resolve("go").resolve("speaker0_nohash_0.wav").toString(), "--source", "kitchen");
            // Then all frames are on the topic, dated no later than now
            assertThat(all.exitCode()).as(all.err()).isZero();
            assertThat(new JsonMapper().readTree(all.out()).get("readings").asInt())
                    .isEqualTo(16 * 51);
            assertThat(one.exitCode()).as(one.err()).isZero();
            AtomicInteger kitchen = new AtomicInteger();
            AtomicInteger go = new AtomicInteger();
            long now = System.currentTimeMillis();
            TopicAdmin.ensure(client, Topics.of(SpokenTones.NETWORK).specs());
            try (TopicReader reader =
                    TopicReader.open(client, Topics.of(SpokenTones.NETWORK).readings())) {
                reader.drain(record -> {
                    assertThat(record.timestamp()).isLessThanOrEqualTo(now);
                    kitchen.addAndGet(record.key().equals("kitchen") ? 1 : 0);
                    go.addAndGet(record.key().equals("go/speaker0_nohash_0") ? 1 : 0);
                });
            }
            assertThat(kitchen).hasValue(51);
            assertThat(go).hasValue(51);
        }
    }

    private static CommandRun ingest(EmbeddedBroker broker, String from, String... more) {
        String[] first = {
            "ingest", "--network", "speech", "--from", from, "--speed", "max", "--bootstrap", broker.bootstrapServers()
        };
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return CommandRun.of(all);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        // A network with sound needs a source of sound
        CommandRun none = CommandRun.of("ingest", "--network", "speech");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("network speech has sound: --from FOLDER, FILE.wav, microphone or -");
        // The demo names where to get clips
        CommandRun demo = CommandRun.of("demo", "--network", "speech");
        assertThat(demo.exitCode()).isEqualTo(1);
        assertThat(demo.err())
                .contains("network speech: --from must name a folder")
                .contains("mini_speech_commands");
        CommandRun untrained = CommandRun.of(
                "demo",
                "--network",
                "speech",
                "--from",
                "x",
                "--model",
                folder.resolve("no").toString());
        assertThat(untrained.err()).contains("no model that listens: train one with headwater train");
        // and a model must know words
        Path deaf = folder.resolve("deaf.zip");
        var model = SpokenTones.model();
        Files.write(
                deaf,
                ModelFile.write(new dev.headwater.forecasting.artefact.ForecastModel(
                        model.manifest(),
                        model.parameters(),
                        model.scaler(),
                        model.metrics(),
                        model.seasonalStates(),
                        model.samples(),
                        model.card())));
        CommandRun replay =
                CommandRun.of("replay", "--network", "speech", "--from", folder.toString(), "--model", deaf.toString());
        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.err()).contains("must know words, network speech listens for [down, go");
    }

    @Test
    void demoShowsWhatIsHeard() throws IOException {
        Path clips = SpokenTones.folder(folder, 1);
        CommandRun run = CommandRun.of(
                "demo",
                "--network",
                "speech",
                "--from",
                clips.toString(),
                "--model",
                model().toString(),
                "--speed",
                "max",
                "--for",
                "60s");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("spoken", "go/speaker0_nohash_0", "8 words heard");
    }
}
