package dev.headwater.forecasting.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.QuantileScores;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccuracySumsTest {

    @Test
    void theCrpsIsThatOfTheEvaluation() {
        // Given
        Random random = new Random(3);
        AccuracySums sums = new AccuracySums(2, Levels.DEFAULT.values());
        QuantileScores oracle = new QuantileScores(Levels.DEFAULT);

        // When: the first step has intervals throughout, the second one with gaps
        for (int i = 0; i < 1_000; i++) {
            float truth = (float) random.nextGaussian();
            float[] bounds = {-1, 1, -2, 2};
            oracle.add(0.25f, truth, bounds, 0);
            sums.add(0, 0.25f, Float.NaN, Float.NaN, truth);
            sums.add(1, 0.25f, Float.NaN, Float.NaN, truth);
            for (int level = 0; level < 2; level++) {
                sums.intervals().add(level, 0, bounds[2 * level], bounds[2 * level + 1], truth);
                if (i > 0) {
                    sums.intervals().add(level, 1, bounds[2 * level], bounds[2 * level + 1], truth);
                }
            }
        }

        // Then
        assertThat(sums.crps(0)).isCloseTo(oracle.crps(), within(1e-6));
        assertThat(sums.crps(1)).isNaN();
    }
}
