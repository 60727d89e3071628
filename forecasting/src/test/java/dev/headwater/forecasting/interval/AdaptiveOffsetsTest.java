package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptiveOffsetsTest {

    private static final Levels LEVELS = Levels.DEFAULT;

    @Test
    void keepsItsCoverageWhateverHappensToTheErrors() {
        // Given: errors that are three times what the offsets were fitted on, and biased
        AdaptiveOffsets adaptive = adaptive(1);
        Random random = new Random(2);
        QuantileScores scores = new QuantileScores(LEVELS);

        // When
        for (int i = 0; i < 60_000; i++) {
            float[] bounds = {-1.28f, 1.28f, -1.96f, 1.96f};
            adaptive.shift(bounds);
            float truth = (float) random.nextGaussian(4, 3);
            adaptive.learn(0, bounds, truth);
            if (i >= 10_000) {
                scores.add(0, truth, bounds, 0);
            }
        }

        // Then
        assertThat(scores.rows()).allSatisfy(row -> assertThat(row.coverage()).isEqualTo(row.level(), within(0.005)));
    }

    @Test
    void neverCrosses() {
        // Given
        AdaptiveOffsets adaptive = adaptive(3);
        Random random = new Random(3);

        // When
        for (int i = 0; i < 20_000; i++) {
            float[] offsets = new float[3 * LEVELS.bounds()];
            for (int at = 0; at < offsets.length; at += 2) {
                offsets[at] = random.nextInt(4) - 3;
                offsets[at + 1] = offsets[at] + random.nextInt(3);
            }
            adaptive.shift(offsets);
            for (int step = 0; step < 3; step++) {
                float[] bounds = java.util.Arrays.copyOfRange(offsets, 4 * step, 4 * step + 4);
                adaptive.learn(step, bounds, random.nextInt(3) == 0 ? 1e6f : random.nextInt(40) - 20);

                // Then
                assertThat(bounds[0]).isLessThanOrEqualTo(bounds[1]);
                assertThat(bounds[2]).isLessThanOrEqualTo(bounds[0]);
                assertThat(bounds[3]).isGreaterThanOrEqualTo(bounds[1]);
            }
        }
    }

    private static AdaptiveOffsets adaptive(int horizon) {
        return new AdaptiveOffsets(LEVELS, horizon).on(new byte[AdaptiveOffsets.bytes(LEVELS, horizon)], 0);
    }
}
