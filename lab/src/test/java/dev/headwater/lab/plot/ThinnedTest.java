package dev.headwater.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinnedTest {

    @Test
    void keepsTheExtremesOfEachPieceInTheirOrder() {
        // Given
        Random random = new Random(1);
        float[] values = new float[1_000];
        IntStream.range(0, 1_000).forEach(i -> values[i] = random.nextFloat());

        // When
        Thinned thinned = Thinned.of(values, 100, 900, 8, 10);

        // Then
        assertThat(thinned.x()).hasSize(16).isSorted();
        for (int piece = 0; piece < 8; piece++) {
            float[] all = Arrays.copyOfRange(values, 100 + 100 * piece, 200 + 100 * piece);
            Arrays.sort(all);
            assertThat(Arrays.copyOfRange(thinned.y(), 2 * piece, 2 * piece + 2))
                    .containsOnly(all[0], all[99]);
        }
        for (int i = 0; i < 16; i++) {
            assertThat(thinned.y()[i]).isEqualTo(values[(int) Math.round(10 * thinned.x()[i])]);
        }
    }

    @Test
    void leavesAShortSeriesAsItIs() {
        Thinned thinned = Thinned.of(new float[] {5, 7, 6, 8}, 1, 4, 2, 1);
        assertThat(thinned.x()).containsExactly(1, 2, 3);
        assertThat(thinned.y()).containsExactly(7, 6, 8);
    }

    @Test
    void skipsMissingValuesAndKeepsGaps() {
        // Given 3 pieces of 4 values
        float nan = Float.NaN;
        float[] values = {nan, 3, 1, nan, nan, nan, nan, nan, 2, 9, nan, nan};

        // When
        Thinned thinned = Thinned.of(values, 0, 12, 3, 1);

        // Then
        assertThat(thinned.y()).containsExactly(3, 1, nan, nan, 2, 9);
    }
}
