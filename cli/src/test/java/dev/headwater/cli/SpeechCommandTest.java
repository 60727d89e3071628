package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Trains and evaluates on a folder of synthetic words: a rising and a falling tone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpeechCommandTest {

    private static final int SAMPLES = 4_800;
    private static final int SPEAKERS = 14;

    private Path folder;

    private Path network;
    private Path clips;

    @BeforeAll
    void makeClips(@TempDir Path temporary) throws IOException {
        folder = temporary;
        network = folder.resolve("tones.yaml");
        Files.writeString(network, """
                name: tones
                domain: audio
                title: Tones
                interval: PT0.02S
                zone: UTC
                measures:
                  - {name: energy, unit: dBFS, min: -100, max: 0}
                target: energy
                audio: {words: [up, down], clip: 4800}
                window: {lookback: 4, horizon: 2}
                features: {calendar: []}
                training: {embedding: 0, hidden: 4, epochs: 1, batch: 64, keyword.hidden: 8, keyword.layers: 1,
                  keyword.filters: 12, keyword.batch: 8, keyword.epochs: 4, keyword.learningRate: 0.01}
                """);
        clips = folder.resolve("clips");
        Random random = new Random(1);
        for (String word : new String[] {"up", "down"}) {
            Path words = Files.createDirectories(clips.resolve(word));
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                write(words.resolve("speaker" + speaker + "_nohash_0.wav"), word.equals("up") ? 1 : -1, random);
            }
        }
    }

    private static void write(Path file, int rise, Random random) throws IOException {
        ByteBuffer pcm = ByteBuffer.allocate(SAMPLES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        double pitch = 700 + 500 * random.nextDouble();
        double phase = 0;
        for (int i = 0; i < SAMPLES; i++) {
            phase += 2 * Math.PI * pitch * (1 + 0.6 * rise * (i - SAMPLES / 2.0) / SAMPLES) / 16_000;
            pcm.putShort((short) (8_000 * Math.sin(phase) + 200 * random.nextGaussian()));
        }
        AudioFormat format = new AudioFormat(16_000, Short.SIZE, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm.array()), format, SAMPLES),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    @Test
    void evaluateGivesTheFiguresThatTrainingGave() {
        // Given
        Path models = folder.resolve("models");
        CommandRun train = CommandRun.of(
                "train",
                "--network",
                network.toString(),
                "--from",
                clips.toString(),
                "--out",
                models.toString(),
                "--json");
        assertThat(train.exitCode()).as(train.err()).isZero();
        JsonNode trained = JsonMapper.shared().readTree(train.out());

        // When
        CommandRun evaluate = CommandRun.of(
                "evaluate",
                "--network",
                network.toString(),
                "--from",
                clips.toString(),
                "--model",
                models.resolve("tones").toString(),
                "--json");

        // Then
        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        JsonNode judged = JsonMapper.shared().readTree(evaluate.out());
        assertThat(judged.get("network").asString()).isEqualTo("tones");
        assertThat(judged.get("split").asString()).isEqualTo("test");
        for (String figure : new String[] {"accuracy", "labels", "confusion", "hardest", "energy"}) {
            assertThat(judged.get(figure)).as(figure).isEqualTo(trained.get(figure));
        }
        assertThat(judged.get("clips").asInt())
                .isEqualTo(trained.get("clips").get("test").asInt());
        assertThat(models.resolve("tones/1/plots/confusion.png")).exists();
        assertThat(models.resolve("tones/1/plots/accuracy.png")).exists();
    }

    @Test
    void aMistypedSettingOfTheClassifierIsSuggested() {
        // When
        CommandRun run = CommandRun.of(
                "train", "--network", network.toString(), "--from", clips.toString(), "--setting", "keyword.hiden=8");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("keyword.hiden").contains("did you mean");
    }

    @Test
    void aSplitThatIsNoneIsAnError() {
        CommandRun run =
                CommandRun.of("train", "--network", network.toString(), "--from", clips.toString(), "--split", "word");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("speaker or random");
    }
}
