package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {

    private static final int WEEKS = 3 * 7 * 288;
    private static final TrainingSettings SMALL = TrainingSettings.DEFAULT.with(Map.of(
            "hidden",
            "16",
            "embedding",
            "4",
            "batch",
            "128",
            "learningRate",
            "0.01",
            "weightDecay",
            "0.01",
            "epochs",
            "4",
            "patience",
            "2",
            "seed",
            "1",
            "validationWindows",
            "0"));
    private static final ProvenanceInput SOURCE = new ProvenanceInput("history.csv", "f00d", "abc123");

    /// Records the progress.
    private static final class Recorder implements TrainingListener {
        final List<Double> validation = new ArrayList<>();
        final List<Boolean> best = new ArrayList<>();
        long windows;
        long done;
        int updates;

        @Override
        public void epochStarted(int epoch, int epochs, long count) {
            windows = count;
        }

        @Override
        public void batch(long seen, double loss) {
            done = seen;
            updates++;
        }

        @Override
        public void epochEnded(int epoch, double validationMae, boolean isBest) {
            validation.add(validationMae);
            best.add(isBest);
        }
    }

    private static WindowBatch windows(Series series, Range range, int sensor) {
        WindowBatch batch = new WindowBatch(series.network(), range.count(), History.NONE);
        for (int first = range.first(); first < range.end(); first++) {
            batch.add(series, sensor, first);
        }
        return batch;
    }

    private static float[] forecasts(ForecastModel model, WindowBatch batch) {
        GruForecaster forecaster = GruForecaster.of(model);
        float[] out = new float[batch.count() * forecaster.horizon()];
        forecaster.forecast(batch, out);
        return out;
    }

    @Test
    void learnsTheDailyPattern() {
        // Given three weeks of three sensors
        Series series = SyntheticSeries.of(3, WEEKS, 0.02, 5);
        Recorder recorder = new Recorder();
        // When a small model is trained
        TrainingResult result = Trainer.train(series, SMALL, SOURCE, recorder);
        // Then it beats persistence by far on the test part
        ModelMetrics metrics = result.model().metrics();
        double mae = metrics.test().mean().mae();
        assertThat(mae)
                .isLessThan(0.6 * metrics.baselines().get("persistence").mean().mae());
        assertThat(metrics.baselines()).containsOnlyKeys("persistence", "yesterday", "last-week", "historical-average");
        // and the listener received every epoch; the last best one is the model's
        assertThat(recorder.validation).hasSize(result.epochs());
        assertThat(recorder.best.lastIndexOf(true) + 1).isEqualTo(result.bestEpoch());
        assertThat(recorder.done).isEqualTo(recorder.windows);
        assertThat(metrics.epochs().stream().map(ModelMetrics.Epoch::validationMae))
                .containsExactlyElementsOf(recorder.validation);
        assertThat(recorder.validation.get(result.bestEpoch() - 1)).isEqualTo(Collections.min(recorder.validation));
        assertThat(result.windowsPerSecond()).isPositive();
    }

    @Test
    void givesAnArtefactThatServesTheSame() {
        // Given a trained model
        Series series = SyntheticSeries.of(2, WEEKS / 2, 0.05, 6);
        ForecastModel model = Trainer.train(series, SMALL.with("epochs", 1), SOURCE, TrainingListener.NONE)
                .model();
        // When it is written and read
        ForecastModel read = ModelFile.read(ModelFile.write(model), "test");
        // Then its forecasts are the same to the bit
        Range test = ChronologicalSplit.of(series).range(Part.TEST);
        WindowBatch batch = windows(series, new Range(test.first(), 300), 1);
        assertThat(forecasts(read, batch)).containsExactly(forecasts(model, batch));
        // and its provenance names history and settings
        assertThat(read.manifest().provenance().source()).isEqualTo("history.csv");
        assertThat(read.manifest().provenance().settings())
                .isEqualTo(SMALL.with("epochs", 1).asMap());
        assertThat(read.manifest().version()).isZero();
        assertThat(read.card()).contains("f00d", "abc123", "persistence, test", "Limits", "Seed 1");
        assertThat(read.card())
                .contains(
                        "| licence | not stated |",
                        "Where it fails",
                        "Sensors: from ",
                        "Congestion, a speed below 60 %");
    }

    @Test
    void statesIntervalsThatHold() {
        // Given a model trained on a stationary history
        Series series = SyntheticSeries.of(2, WEEKS, 0, 7);
        ForecastModel model = Trainer.train(series, SMALL.with("epochs", 2), SOURCE, TrainingListener.NONE)
                .model();
        // When its band is put around the forecasts of the test part
        Range test = ChronologicalSplit.of(series).range(Part.TEST);
        ResidualBand band = Objects.requireNonNull(model.manifest().band());
        IntervalScores scores = new IntervalScores(band.level());
        float[] out = forecasts(model, windows(series, test, 0));
        for (int w = 0; w < test.count(); w++) {
            for (int step = 0; step < 12; step++) {
                float forecast = out[w * 12 + step];
                float truth = series.target(0, test.first() + w + 12 + step);
                scores.add(forecast + band.lower()[step], forecast + band.upper()[step], truth);
            }
        }
        // Then about the stated share of truths lies inside
        assertThat(scores.row().level()).isEqualTo(0.8);
        assertThat(scores.row().coverage()).isBetween(0.7, 0.9);
    }

    @Test
    void isDeterminedByTheSeed() {
        // Given one history
        Series series = SyntheticSeries.of(2, 1500, 0.1, 8);
        TrainingSettings settings = SMALL.with("epochs", 2);
        // When models are trained with the same seed and with another
        float[] one = Trainer.train(series, settings, SOURCE, TrainingListener.NONE)
                .model()
                .parameters();
        float[] same = Trainer.train(series, settings, SOURCE, TrainingListener.NONE)
                .model()
                .parameters();
        float[] other = Trainer.train(series, settings.withSeed(2), SOURCE, TrainingListener.NONE)
                .model()
                .parameters();
        // Then the same seed gives the same parameters to the bit
        assertThat(same).containsExactly(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void trainsOnHistoryFullOfGaps() {
        // Given a history of which seven readings in ten are missing
        Series series = SyntheticSeries.of(3, 4000, 0.7, 9);
        // When a model is trained
        TrainingResult result = Trainer.train(series, SMALL.with("epochs", 3), SOURCE, TrainingListener.NONE);
        // Then its parameters are finite and it still beats persistence
        for (float parameter : result.model().parameters()) {
            assertThat(Float.isFinite(parameter)).isTrue();
        }
        ModelMetrics metrics = result.model().metrics();
        assertThat(metrics.test().mean().mae())
                .isLessThan(metrics.baselines().get("persistence").mean().mae());
    }

    @Test
    void trainsTheNeutralEmbedding() {
        // Given a training run in which half of the windows have an unknown sensor
        Series series = SyntheticSeries.of(2, 1500, 0, 10);
        TrainingSettings half = SMALL.with(Map.of("weightDecay", "0", "epochs", "1", "unseenShare", "0.5"));
        TrainingSettings none = half.with(Map.of("unseenShare", "0"));
        ForecastModel model =
                Trainer.train(series, half, SOURCE, TrainingListener.NONE).model();
        ForecastModel without =
                Trainer.train(series, none, SOURCE, TrainingListener.NONE).model();
        // When its first embedding row, the one for unknown sensors, is compared with the one before training
        float[] fresh = model.manifest().architecture().initialise(1);
        // Then it has learnt, and without such windows it has not
        assertThat(model.parameters()[0]).isNotEqualTo(fresh[0]);
        assertThat(without.parameters()[0]).isEqualTo(fresh[0]);
    }

    @Test
    void stopsEarlyAndCapsEpochs() {
        // Given an absurd learning rate, so that validation soon gets no better, and a cap of 256 windows
        Series series = SyntheticSeries.of(2, 1500, 0, 11);
        TrainingSettings settings = SMALL.with(Map.of(
                "learningRate",
                "0.05",
                "weightDecay",
                "0",
                "epochs",
                "60",
                "patience",
                "1",
                "windowsPerEpoch",
                "256",
                "validationWindows",
                "200",
                "unseenShare",
                "0"));
        Recorder recorder = new Recorder();
        // When a model is trained
        TrainingResult result = Trainer.train(series, settings, SOURCE, recorder);
        // Then it ends one epoch after the best, and no epoch was longer than the cap
        assertThat(result.epochs()).isLessThan(60).isEqualTo(result.bestEpoch() + 1);
        assertThat(recorder.windows).isEqualTo(256);
        assertThat(recorder.updates).isEqualTo(2 * result.epochs());
    }

    /// Settings that the defaults do not use.
    static Stream<Map<String, String>> ways() {
        return Stream.of(
                Map.of("dropout", "0.2"),
                Map.of("recurrentDropout", "0.2"),
                Map.of("averaging", "0.98"),
                Map.of("schedule", "constant", "learningRate", "0.005"),
                Map.of("schedule", "plateau", "learningRate", "0.01"),
                Map.of("dropout", "0.1", "recurrentDropout", "0.1", "averaging", "0.98"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void learnsInOtherWaysToo(Map<String, String> way) {
        // Given two weeks of two sensors
        Series series = SyntheticSeries.of(2, WEEKS * 2 / 3, 0.02, 14);
        // When a model is trained with other settings, twice
        TrainingResult result = Trainer.train(series, SMALL.with(way), SOURCE, TrainingListener.NONE);
        TrainingResult again = Trainer.train(series, SMALL.with(way), SOURCE, TrainingListener.NONE);
        TrainingResult plain = Trainer.train(series, SMALL, SOURCE, TrainingListener.NONE);
        // Then it beats persistence by far, the same each time, and it is not the model of the defaults
        ModelMetrics metrics = result.model().metrics();
        assertThat(metrics.test().mean().mae())
                .isLessThan(0.7 * metrics.baselines().get("persistence").mean().mae());
        assertThat(again.model().parameters()).containsExactly(result.model().parameters());
        assertThat(result.model().parameters()).isNotEqualTo(plain.model().parameters());
        // and the figures of each epoch are kept
        assertThat(metrics.epochs())
                .hasSize(result.epochs())
                .allSatisfy(epoch -> assertThat(epoch.loss()).isPositive());
    }

    @Test
    void keepsTheBestWhenInterrupted() {
        // Given a listener that interrupts training in the third batch
        Series series = SyntheticSeries.of(2, 1500, 0, 12);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void batch(long done, double loss) {
                if (done == 3 * SMALL.batch()) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        // When a model is trained
        TrainingResult result = Trainer.train(series, SMALL, SOURCE, interrupting);
        // Then there is an evaluated model, and the flag is still set (asking clears it)
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.epochs()).isEqualTo(1);
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(result.model().metrics().test().mean().mae()).isFinite();
    }

    @Test
    void keepsTheFirstEpochWhenInterruptedAfterIt() {
        // Given an interrupt that comes with the end of the first epoch
        Series series = SyntheticSeries.of(2, 1500, 0, 12);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epochEnded(int epoch, double validationMae, boolean best) {
                Thread.currentThread().interrupt();
            }
        };
        // When a model is trained
        TrainingResult result = Trainer.train(series, SMALL, SOURCE, interrupting);
        // Then the second epoch does not replace the best one
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(result.epochs()).isEqualTo(2);
    }

    @Test
    void saysWhenTrainingDiverges() {
        // Given a history with a value so large that the loss overflows
        Series.Builder builder = new Series.Builder(SyntheticSeries.NETWORK);
        for (int slot = 0; slot < 400; slot++) {
            builder.add("s", slot, new float[] {slot % 2 == 0 ? Float.MAX_VALUE : 1});
        }
        // When a model is trained, then the message says what happened
        assertThatThrownBy(() -> Trainer.train(builder.build(), SMALL, SOURCE, TrainingListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("training diverged")
                .hasMessageContaining("learningRate below 0.01");
    }

    @Test
    void refusesAHistoryThatIsTooShort() {
        // Given 26 slots
        Series series = SyntheticSeries.of(1, 26, 0, 13);
        // When a model is trained, then the message says how many are needed
        assertThatThrownBy(() -> Trainer.train(series, SMALL, SOURCE, TrainingListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 32 always suffice");
    }
}
