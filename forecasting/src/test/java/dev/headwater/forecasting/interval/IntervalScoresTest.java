package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalScoresTest {

    @Test
    void agreesWithThePlainDefinition() {
        // Given
        Random random = new Random(4);
        IntervalScores all = new IntervalScores(0.8);
        IntervalScores[] halves = {new IntervalScores(0.8), new IntervalScores(0.8)};
        double inside = 0;
        double width = 0;
        double winkler = 0;
        int n = 0;
        for (int i = 0; i < 500; i++) {
            int lower = random.nextInt(20);
            int upper = lower + random.nextInt(10);
            float truth = random.nextInt(6) == 0 ? Float.NaN : random.nextInt(30);

            // When
            all.add(lower, upper, truth);
            halves[i % 2].add(lower, upper, truth);

            if (!Float.isNaN(truth)) {
                n++;
                width += upper - lower;
                winkler += upper - lower;
                if (truth < lower) {
                    winkler += 2 / 0.2 * (lower - truth);
                } else if (truth > upper) {
                    winkler += 2 / 0.2 * (truth - upper);
                } else {
                    inside++;
                }
            }
        }
        halves[0].addAll(halves[1]);

        // Then
        for (IntervalScores scores : new IntervalScores[] {all, halves[0]}) {
            IntervalScores.Row row = scores.row();
            assertThat(row.level()).isEqualTo(0.8);
            assertThat(row.coverage()).isEqualTo(inside / n, within(1e-12));
            assertThat(row.width()).isEqualTo(width / n, within(1e-9));
            assertThat(row.winkler()).isEqualTo(winkler / n, within(1e-9));
        }
    }

    @Test
    void countsTheBoundsAsInside() {
        // Given
        IntervalScores scores = new IntervalScores(0.9);

        // When
        scores.add(1, 2, 1);
        scores.add(1, 2, 2);

        // Then
        assertThat(scores.row().coverage()).isEqualTo(1);
        assertThat(scores.row().winkler()).isEqualTo(1);
    }
}
