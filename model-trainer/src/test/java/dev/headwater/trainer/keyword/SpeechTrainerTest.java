package dev.headwater.trainer.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.EnergyHistory;
import dev.headwater.forecasting.audio.FrameEnergy;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.Voices;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTrainerTest {

    private static final int SAMPLES = 4_800;

    private static SensorNetwork network() {
        return NetworkBuilder.like(NetworkFile.load("speech"))
                .window(new WindowSpec(4, 2))
                .training(Map.of())
                .audio(new AudioSpec(16_000, Voices.WORDS, SAMPLES, 255, 128))
                .build();
    }

    private static KeywordSettings settings(int epochs) {
        return KeywordSettings.DEFAULT.with(Map.of(
                "keyword.epochs", String.valueOf(epochs),
                "keyword.batch", "16",
                "keyword.shift", "20",
                "keyword.masks", "0",
                "keyword.dropout", "0",
                "keyword.hidden", "8",
                "keyword.layers", "1",
                "keyword.filters", "12",
                "keyword.bands", "20",
                "keyword.learningRate", "0.01"));
    }

    private static ForecastModel train(int epochs) {
        return train(epochs, Map.of());
    }

    private static ForecastModel train(int epochs, Map<String, String> changes) {
        ClipSplit split = ClipSplit.of(Voices.clips(12, 4, SAMPLES, 1), ClipSplit.By.SPEAKER, 42);
        TrainingSettings forecaster =
                TrainingSettings.DEFAULT.with(Map.of("epochs", "1", "hidden", "4", "embedding", "0", "batch", "64"));
        return SpeechTrainer.train(
                network(),
                network().audio(),
                split,
                forecaster,
                settings(epochs).with(changes),
                new ProvenanceInput("voices", "00", "c0ffee"),
                TrainingListener.NONE,
                TrainingListener.NONE);
    }

    @Test
    void oneArtefactTellsWordsApartAndForecastsTheEnergy() throws IOException {
        // When
        ForecastModel model = ModelFile.read(ModelFile.write(train(25)), "test");

        // Then
        KeywordModel keywords = model.keywords();
        assertThat(keywords).isNotNull();
        assertThat(keywords.figures().validation().accuracy()).isGreaterThan(0.6); // one in three by chance
        assertThat(keywords.figures().test().clips()).isPositive();
        assertThat(keywords.figures().realTimeFactor()).isPositive();
        assertThat(keywords.figures().validationCurve())
                .hasSize(keywords.figures().epochs());
        assertThat(model.card()).contains("keyword-gru", "seq2seq-gru", "Hardest to tell apart");
        assertThat(model.metrics().baselines()).containsOnlyKeys("persistence", "historical-average");
        assertThat(model.metrics().test().mean().mae()).isFinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm"})
    void theSameSeedGivesTheSameParameters(String cell) {
        Map<String, String> changes = Map.of("keyword.cell", cell, "keyword.recurrentDropout", "0.2");
        assertThat(train(2, changes).keywords().parameters())
                .isEqualTo(train(2, changes).keywords().parameters());
    }

    @Test
    void anLstmLearnsTooAndItsArtefactNamesIt() throws IOException {
        // When
        Map<String, String> changes = Map.of("keyword.cell", "lstm", "keyword.bidirectional", "false");
        ForecastModel model = ModelFile.read(ModelFile.write(train(25, changes)), "test");

        // Then
        KeywordModel keywords = model.keywords();
        assertThat(keywords.figures().validation().accuracy()).isGreaterThan(0.6); // one in three by chance
        assertThat(keywords.shape().cell()).isEqualTo(ClassifierShape.Cell.LSTM);
        assertThat(keywords.shape().bidirectional()).isFalse();
        assertThat(keywords.figures().settings()).containsEntry("cell", "lstm").containsEntry("bidirectional", "false");
        assertThat(model.card()).contains("keyword-lstm", "1 LSTM of 8");
    }

    @Test
    void drawsItsFigures(@TempDir Path folder) throws IOException {
        // When
        KeywordPlots.write(train(2).keywords(), folder.resolve("plots"));

        // Then
        for (String name : List.of("accuracy.png", "confusion.png")) {
            Path file = folder.resolve("plots").resolve(name);
            assertThat(Files.size(file)).isGreaterThan(5_000);
            assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(900);
        }
    }

    @Test
    void endsWithWhatItHasWhenInterrupted() {
        // Given
        ClipSplit split = ClipSplit.of(Voices.clips(12, 2, SAMPLES, 1), ClipSplit.By.SPEAKER, 42);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epochEnded(int epoch, double accuracy, boolean best) {
                Thread.currentThread().interrupt();
            }
        };

        // When
        KeywordModel model = KeywordTrainer.train(network().audio(), split, settings(50), interrupting);

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.figures().bestEpoch()).isEqualTo(1);
        assertThat(model.figures().epochs()).isBetween(1, 2);
    }

    @Test
    void noWindowOfTheEnergySeesTwoClips() {
        // Given
        SensorNetwork network = network();
        List<Clip> clips = Voices.clips(12, 2, SAMPLES, 1);
        ClipSplit split = ClipSplit.of(clips, ClipSplit.By.SPEAKER, 42);

        // When
        EnergyHistory history = EnergyHistory.of(network, Objects.requireNonNull(network.audio()), split);

        // Then
        Series series = history.series();
        int span = network.window().spanWithHorizon();
        int[] clipAt = new int[series.slots()]; // 0 in the gaps
        int number = 0;
        for (int row = 0; row < series.slots(); row++) {
            boolean observed = !Float.isNaN(series.target(0, row));
            number += observed && (row == 0 || clipAt[row - 1] == 0) ? 1 : 0;
            clipAt[row] = observed ? number : 0;
        }
        assertThat(number).isEqualTo(clips.size());
        for (Part part : Part.values()) {
            Set<Integer> seen = new HashSet<>();
            var range = history.split().range(part);
            for (int first = range.first(); first < range.end(); first++) {
                Set<Integer> within = new HashSet<>();
                for (int row = first; row < first + span; row++) {
                    within.add(clipAt[row]);
                }
                within.remove(0);
                assertThat(within).hasSizeLessThanOrEqualTo(1);
                seen.addAll(within);
            }
            int expected = switch (part) {
                case TRAIN -> split.train().size();
                case VALIDATION -> split.validation().size();
                case TEST -> split.test().size();
            };
            assertThat(seen).hasSize(expected);
        }
        assertThat(series.target(0, 0))
                .isEqualTo(FrameEnergy.dbfs(split.train().getFirst().samples(), 0, 320));
    }
}
