package dev.headwater.kernels.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupGemmTest {
    @Test
    void equalsFusedSumsInPlainOrderForEveryNumberOfBlocksInEitherOrder() {
        // Given: all mixtures of blocks of 4, 2 and 1 vectors
        Random random = new Random(302);
        for (int vectors = 1; vectors <= 13; vectors++) {
            for (int depth : new int[] {0, 1, 5, 64}) {
                int outputs = vectors * Lanes.LENGTH;
                check(random, 1, outputs, outputs, depth, false);
                check(random, 1, outputs, outputs, depth, true);
            }
        }
    }

    @Test
    void equalsFusedSumsInPlainOrderForEveryNumberOfWindows() {
        // Given: slots that blocks of 4 vectors fill
        Random random = new Random(303);
        for (int windows : new int[] {1, 2, 4}) {
            for (int slot : new int[] {4 * Lanes.LENGTH, 8 * Lanes.LENGTH}) {
                for (int depth : new int[] {0, 1, 5, 64}) {
                    check(random, windows, 3 * slot, slot, depth, false);
                    check(random, windows, 3 * slot, slot, depth, true);
                }
            }
        }
    }

    @Test
    void groupsWindowsWhereBlocksFillASlot() {
        assertThat(GroupGemm.widest(4 * Lanes.LENGTH)).isEqualTo(4);
        assertThat(GroupGemm.widest(8 * Lanes.LENGTH)).isEqualTo(4);
        for (int vectors : new int[] {1, 2, 3, 5}) {
            assertThat(GroupGemm.widest(vectors * Lanes.LENGTH)).isEqualTo(1);
        }
    }

    private static void check(Random random, int windows, int outputs, int slot, int depth, boolean reversed) {
        int columns = depth + 3;
        int stride = depth + 2;
        float[] weights = random(random, columns * outputs); // [columns][outputs]
        float[] in = random(random, 7 + windows * stride);
        float[] init = random(random, 5 + windows * outputs);
        float[] out = random(random, 9 + windows * outputs + 1);
        float[] before = out.clone();
        // When
        new GroupGemm(weights, columns, outputs)
                .multiply(windows, 2, depth, in, 7, stride, init, 5, out, 9, slot, reversed);
        // Then
        for (int i = 0; i < out.length; i++) {
            int at = i - 9; // [outputs / slot][windows][slot]
            boolean outside = at < 0 || at >= windows * outputs;
            float sum = outside ? before[i] : init[5 + at];
            int output = at / (windows * slot) * slot + at % slot;
            int window = at / slot % windows;
            for (int k = 0; !outside && k < depth; k++) {
                sum = Math.fma(weights[(2 + k) * outputs + output], in[7 + window * stride + k], sum);
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
