package dev.headwater.kernels.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GemvTest {
    @Test
    void equalsFusedSumsInPlainOrderForEveryNumberOfBlocksInEitherOrder() {
        // Given: all mixtures of blocks of 6, 3 and 1 vectors
        Random random = new Random(302);
        for (int vectors = 1; vectors <= 13; vectors++) {
            for (int depth : new int[] {0, 1, 5, 64}) {
                check(random, vectors * Lanes.LENGTH, depth, false);
                check(random, vectors * Lanes.LENGTH, depth, true);
            }
        }
    }

    private static void check(Random random, int outputs, int depth, boolean reversed) {
        int columns = depth + 3;
        float[] weights = random(random, columns * outputs); // [columns][outputs]
        float[] in = random(random, 7 + depth);
        float[] init = random(random, 5 + outputs);
        float[] out = random(random, 9 + outputs + 1);
        float[] before = out.clone();
        // When
        new Gemv(weights, columns, outputs).multiply(2, depth, in, 7, init, 5, out, 9, reversed);
        // Then
        for (int i = 0; i < out.length; i++) {
            int output = i - 9;
            boolean outside = output < 0 || output >= outputs;
            float sum = outside ? before[i] : init[5 + output];
            for (int k = 0; !outside && k < depth; k++) {
                sum = Math.fma(weights[(2 + k) * outputs + output], in[7 + k], sum);
            }
            assertThat(out[i]).isEqualTo(sum);
        }
    }

    private static float[] random(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
