package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlateauTest {

    private static final TrainingSettings SETTINGS =
            TrainingSettings.DEFAULT.with(Map.of("learningRate", "0.008", "schedule", "plateau", "plateauEpochs", "2"));

    private static double rateAfter(double... maes) {
        List<ModelMetrics.Epoch> epochs = new ArrayList<>();
        for (double mae : maes) {
            epochs.add(new ModelMetrics.Epoch(epochs.size() + 1, 1, mae));
        }
        return Plateau.rate(SETTINGS, epochs);
    }

    @Test
    void halvesTheRateAfterEpochsWithoutABetterOne() {
        // When epochs get better, then the rate stays
        assertThat(rateAfter()).isEqualTo(0.008);
        assertThat(rateAfter(3, 2, 1)).isEqualTo(0.008);
        assertThat(rateAfter(3, 2, 2)).isEqualTo(0.008);
        // When two in a row get no better, then it is halved, and once more after two more
        assertThat(rateAfter(3, 2, 2, 2.5)).isEqualTo(0.004);
        assertThat(rateAfter(3, 2, 2, 2.5, 4)).isEqualTo(0.004);
        assertThat(rateAfter(3, 2, 2, 2.5, 4, 2)).isEqualTo(0.002);
        // When a better one comes in between, then counting starts anew
        assertThat(rateAfter(3, 2, 2.5, 1, 1.5, 0.5, 0.6)).isEqualTo(0.008);
    }
}
