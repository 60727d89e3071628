package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.WindowSpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveOffsetsTest {

    private static final Levels LEVELS = Levels.DEFAULT;

    private final Random random = new Random(2);

    private static AdaptiveOffsets adaptive(int horizon) {
        WindowSpec window = new WindowSpec(12, horizon);
        return new AdaptiveOffsets(LEVELS, window).on(new byte[AdaptiveOffsets.bytes(LEVELS, window)], 0);
    }

    /// Scores of errors that are normally distributed, with offsets that were fitted on others.
    private QuantileScores scores(AdaptiveOffsets adaptive, double mean, double deviation, int from, int to) {
        QuantileScores scores = new QuantileScores(LEVELS);
        for (int i = 0; i < to; i++) {
            float[] bounds = {-1.28f, 1.28f, -1.96f, 1.96f};
            adaptive.shift(bounds);
            float truth = (float) random.nextGaussian(mean, deviation);
            adaptive.learn(0, bounds, truth);
            if (i >= from) {
                scores.add(0, truth, bounds, 0);
            }
        }
        return scores;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 3", "0, 0.3", "4, 1", "-4, 3"})
    void keepsItsCoverageWhateverHappensToTheErrors(double mean, double deviation) {
        // When
        QuantileScores scores = scores(adaptive(1), mean, deviation, 10_000, 60_000);

        // Then
        assertThat(scores.rows()).allSatisfy(row -> assertThat(row.coverage()).isEqualTo(row.level(), within(0.005)));
    }

    @Test
    void learnsFastWhenTheErrorsHaveChanged() {
        // Given: a sensor whose errors were as fitted for long
        AdaptiveOffsets adaptive = adaptive(1);
        scores(adaptive, 0, 1, 0, 10_000);

        // When: its truths are three deviations lower, for as many slots as six hours of five minutes have
        scores(adaptive, -3, 1, 0, 72);
        QuantileScores after = scores(adaptive, -3, 1, 0, 1_000);

        // Then: with the usual rate it would take thousands
        assertThat(after.rows().getFirst().coverage()).isEqualTo(0.8, within(0.05));
        assertThat(after.rows().getLast().coverage()).isEqualTo(0.95, within(0.04));
    }

    @Test
    void neverCrosses() {
        // Given
        AdaptiveOffsets adaptive = adaptive(3);

        // When
        for (int i = 0; i < 20_000; i++) {
            float[] offsets = new float[3 * LEVELS.bounds()];
            for (int at = 0; at < offsets.length; at += 2) {
                offsets[at] = random.nextInt(4) - 3;
                offsets[at + 1] = offsets[at] + random.nextInt(3);
            }
            adaptive.shift(offsets);
            for (int step = 0; step < 3; step++) {
                float[] bounds = Arrays.copyOfRange(offsets, 4 * step, 4 * step + 4);
                adaptive.learn(step, bounds, random.nextInt(3) == 0 ? 1e6f : random.nextInt(40) - 20);

                // Then
                assertThat(bounds[0]).isLessThanOrEqualTo(bounds[1]);
                assertThat(bounds[2]).isLessThanOrEqualTo(bounds[0]);
                assertThat(bounds[3]).isGreaterThanOrEqualTo(bounds[1]);
            }
        }
    }

    @Test
    void leavesAloneWhatHasNoBounds() {
        // Given
        AdaptiveOffsets adaptive = adaptive(1);

        // When
        for (int i = 0; i < 1_000; i++) {
            adaptive.learn(0, new float[] {-1, 1, Float.NaN, Float.NaN}, 5);
        }
        float[] offsets = {-1, 1, -2, 2};
        adaptive.shift(offsets);

        // Then: the wider one only makes room for the narrower one
        assertThat(offsets[1]).isGreaterThan(2);
        assertThat(offsets[3]).isEqualTo(offsets[1]);
        assertThat(offsets[2]).isEqualTo(-2);
    }
}
