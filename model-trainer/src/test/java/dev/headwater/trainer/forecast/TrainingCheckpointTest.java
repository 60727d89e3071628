package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingCheckpointTest {

    private static final TrainingSettings SMALL = TrainingSettings.DEFAULT.with(Map.of(
            "hidden",
            "8",
            "embedding",
            "2",
            "batch",
            "128",
            "epochs",
            "4",
            "patience",
            "4",
            "seed",
            "3",
            "windowsPerEpoch",
            "700"));
    private static final ProvenanceInput SOURCE = new ProvenanceInput("history.csv", "f00d", "abc123");
    private static final Series SERIES = SyntheticSeries.of(2, 1500, 0.1, 31);

    @TempDir
    private Path folder;

    private static Stream<Map<String, String>> ways() {
        return Stream.of(
                Map.of(),
                Map.of("dropout", "0.2", "recurrentDropout", "0.2", "inputDropout", "0.1"),
                Map.of("averaging", "0.95", "schedule", "constant"),
                Map.of("schedule", "plateau", "learningRate", "0.05"));
    }

    /// Aborts training within a batch, as a kill would: no checkpoint is saved after it.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static TrainingListener killer(int inEpoch) {
        return new TrainingListener() {
            private int epoch;

            @Override
            public void epochStarted(int now, int epochs, long windows) {
                epoch = now;
            }

            @Override
            public void batch(long done, double loss) {
                if (epoch == inEpoch && done > 300) {
                    throw new Killed();
                }
            }
        };
    }

    private TrainingCheckpoint checkpoint() {
        return TrainingCheckpoint.in(folder, "synthetic");
    }

    private void breakOff(TrainingSettings settings, int inEpoch, boolean resume) {
        assertThatThrownBy(() -> Trainer.train(SERIES, settings, SOURCE, killer(inEpoch), checkpoint(), resume))
                .isInstanceOf(Killed.class);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResumedRunGivesTheModelOfAnUninterruptedOne(Map<String, String> way) {
        // Given the model of an uninterrupted run
        TrainingSettings settings = SMALL.with(way);
        ForecastModel whole =
                Trainer.train(SERIES, settings, SOURCE, TrainingListener.NONE).model();
        // and a run that was killed in its second epoch, resumed, and killed again in its fourth
        breakOff(settings, 2, false);
        breakOff(settings, 4, true);
        List<Integer> resumedAt = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void resumed(int epochs, double bestMae) {
                resumedAt.add(epochs);
            }
        };
        // When it is resumed to its end
        TrainingResult result = Trainer.train(SERIES, settings, SOURCE, listener, checkpoint(), true);
        // Then it continued after the third epoch, and the model is the same to the bit, with all its figures
        assertThat(resumedAt).containsExactly(3);
        assertThat(result.model().parameters()).containsExactly(whole.parameters());
        assertThat(result.model().metrics()).isEqualTo(whole.metrics());
    }

    @Test
    void refusesAnotherRunByName() {
        // Given a run that was killed
        breakOff(SMALL, 2, false);
        // When it is resumed with other settings or data, then the message names what differs
        assertRefused(
                SERIES,
                SMALL.with("hidden", 16),
                "setting hidden must be that of the unfinished training, 8, found 16");
        assertRefused(SERIES, SMALL.withSeed(4), "setting seed must be that of the unfinished training, 3, found 4");
        assertRefused(
                SyntheticSeries.of(2, 1500, 0.1, 32), SMALL, "the history must be that of the unfinished training");
        assertRefused(
                SyntheticSeries.of(3, 1500, 0.1, 31), SMALL, "the history must be that of the unfinished training");
    }

    private void assertRefused(Series series, TrainingSettings settings, String message) {
        assertThatThrownBy(() -> Trainer.train(series, settings, SOURCE, TrainingListener.NONE, checkpoint(), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNotThereOrDamaged() throws IOException {
        // When there is nothing to resume, then the message says so
        assertRefused(SERIES, SMALL, "no unfinished training to resume");
        // When a byte of the checkpoint is flipped, then it is refused
        breakOff(SMALL, 2, false);
        byte[] bytes = Files.readAllBytes(checkpoint().file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(checkpoint().file(), bytes);
        assertRefused(SERIES, SMALL, "damaged");
    }

    @Test
    void isGoneWhenRemoved() {
        // Given a run that was killed
        breakOff(SMALL, 2, false);
        assertThat(checkpoint().exists()).isTrue();
        // When the checkpoint is removed, twice
        checkpoint().remove();
        checkpoint().remove();
        // Then nothing is left
        assertThat(folder.resolve("synthetic/.training")).doesNotExist();
    }
}
