package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Training as for the weather station: one sensor, sampled windows, no embeddings.
class SampledTrainingTest {

    private static final SensorNetwork NETWORK = NetworkFile.load(
            "jena",
            Map.of(
                    "window.lookback",
                    "26",
                    "window.horizon",
                    "4",
                    "interval",
                    "PT30M",
                    "window.stride",
                    "2",
                    "window.horizonStride",
                    "12"));
    private static final int TARGET = NETWORK.targetIndex();

    /// A daily cycle whose amplitude changes from day to day.
    private static Series series(int slots, double missing) {
        Random random = new Random(4);
        Series.Builder builder = new Series.Builder(NETWORK);
        double height = 5;
        for (int slot = 0; slot < slots; slot++) {
            height = slot % 48 == 0 ? 2 + 8 * random.nextDouble() : height;
            float[] reading = new float[14];
            for (int m = 0; m < 14; m++) {
                reading[m] = random.nextFloat();
            }
            double temperature = 10 - height * Math.cos(2 * Math.PI * slot / 48.0) + 0.2 * random.nextGaussian();
            reading[TARGET] = random.nextDouble() < missing ? -9999 : (float) temperature;
            builder.add("jena", 900_000 + slot, reading);
        }
        return builder.build();
    }

    @Test
    void choosesTheWindowsThatAPlainCountChooses() {
        // Given
        Series series = series(700, 0.7);
        WindowSpec window = NETWORK.window();
        List<Integer> expected = new ArrayList<>();
        for (int first = 20; first < 520; first += 3) {
            int now = first + 25 * 2;
            int past = 0;
            int future = 0;
            for (int i = 0; i < 26; i++) {
                past += Float.isNaN(series.target(0, now - 2 * i)) ? 0 : 1;
            }
            for (int step = 1; step <= 4; step++) {
                future += Float.isNaN(series.target(0, now + 12 * step)) ? 0 : 1;
            }
            if (past >= 0.25 * 26 && future > 0) {
                expected.add(first);
            }
        }

        // When
        TrainingWindows windows = TrainingWindows.of(series, new Range(20, 500), 3);

        // Then
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            found.add(windows.first(i));
        }
        assertThat(window.span()).isEqualTo(51);
        assertThat(found).isEqualTo(expected).hasSizeBetween(10, 166);
    }

    @Test
    void learnsADailyCycleBetterThanBothBaselines() {
        // Given
        Series series = series(2_400, 0.02);
        TrainingSettings settings = TrainingSettings.DEFAULT.with(Map.of(
                "hidden",
                "16",
                "embedding",
                "0",
                "batch",
                "64",
                "learningRate",
                "0.01",
                "epochs",
                "6",
                "inputDropout",
                "0.1"));

        // When
        TrainingResult result =
                Trainer.train(series, settings, new ProvenanceInput("made up", "", "test"), TrainingListener.NONE);

        // Then
        ForecastModel model = result.model();
        double found = model.metrics().test().mean().mae();
        assertThat(model.manifest().architecture().embeddings()).isEmpty();
        assertThat(model.metrics().test().horizons().getLast().minutes()).isEqualTo(24 * 60);
        assertThat(found)
                .isLessThan(
                        model.metrics().baselines().get("persistence").mean().mae())
                .isLessThan(model.metrics().baselines().get("yesterday").mean().mae());
    }
}
