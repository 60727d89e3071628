package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileScoresTest {

    @Test
    void approachesTheCrpsWithEvenlySpacedQuantiles() {
        // Given: the quantiles 1/34, 3/34, ... of the uniform distribution from 5 to 6
        List<Double> shares =
                IntStream.rangeClosed(1, 8).mapToObj(i -> 2 * i / 17.0).toList();
        Levels levels = new Levels(shares);
        QuantileScores scores = new QuantileScores(levels);
        QuantileScores[] halves = {new QuantileScores(levels), new QuantileScores(levels)};
        float[] bounds = new float[levels.bounds() + 1];
        for (int level = 0; level < levels.count(); level++) {
            bounds[1 + 2 * level] = (float) (5.5 - shares.get(level) / 2);
            bounds[2 + 2 * level] = (float) (5.5 + shares.get(level) / 2);
        }
        Random random = new Random(1);

        // When
        for (int i = 0; i < 200_000; i++) {
            float truth = i % 10 == 0 ? Float.NaN : 5 + random.nextFloat();
            scores.add(5.5f, truth, bounds, 1);
            halves[i % 2].add(5.5f, truth, bounds, 1);
        }
        halves[0].addAll(halves[1]);

        // Then: that of a uniform distribution is a sixth of its width
        assertThat(scores.crps()).isEqualTo(1 / 6.0, within(0.002));
        assertThat(halves[0].crps()).isEqualTo(scores.crps(), within(1e-9));
        assertThat(scores.counted()).isEqualTo(180_000);
        assertThat(scores.rows()).extracting(IntervalScores.Row::level).isEqualTo(levels.values());
        assertThat(scores.rows()).allSatisfy(row -> assertThat(row.coverage()).isEqualTo(row.level(), within(0.005)));
    }

    @Test
    void leavesOutALevelWithoutBounds() {
        // Given
        QuantileScores scores = new QuantileScores(Levels.DEFAULT);

        // When
        scores.add(1, 2, new float[] {0, 3, Float.NaN, Float.NaN}, 0);
        scores.add(1, 2, new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, 0);

        // Then: (0.5 * 1 + 0.1 * 3) / 1.5
        assertThat(scores.rows()).extracting(IntervalScores.Row::level).containsExactly(0.8);
        assertThat(scores.crps()).isEqualTo(0.8 / 1.5, within(1e-6));
        assertThat(scores.counted()).isEqualTo(1);
    }
}
