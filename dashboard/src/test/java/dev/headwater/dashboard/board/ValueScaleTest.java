package dev.headwater.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueScaleTest {

    @Test
    void hasRoundEndsAndLeavesOutliersOut() {
        // Given speeds from 12 to 68, and a few faults
        float[] values = new float[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 2 ? 999 : 12 + 56f * i / values.length;
        }

        // When
        ValueScale scale = ValueScale.of(values);

        // Then
        assertThat(scale).isEqualTo(new ValueScale(10, 70));
    }

    @Test
    void hasAWidthWhateverTheValues() {
        Random random = new Random(42);
        for (int trial = 0; trial < 2_000; trial++) {
            // Given constant, tiny and huge values, of either sign
            float scale = (float) Math.pow(10, random.nextInt(12) - 6);
            float[] values = new float[1 + random.nextInt(50)];
            for (int i = 0; i < values.length; i++) {
                values[i] = trial % 3 == 0 ? scale : scale * (random.nextFloat() - 0.5f);
            }

            // When
            ValueScale found = ValueScale.of(values);

            // Then
            assertThat(found.to()).isGreaterThan(found.from()).isFinite();
            assertThat(found.from()).isFinite();
            assertThat(found.isFarFrom(found)).isFalse();
        }
    }
}
