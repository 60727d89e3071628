package dev.headwater.kernels.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileGemmTest {
    @Test
    void equalsFusedSumsInPlainOrderForEveryTileWidth() {
        // Given
        Random random = new Random(301);
        for (int width = Lanes.LENGTH; width <= Lanes.WIDEST_TILE; width += Lanes.LENGTH) {
            for (int rows : new int[] {4, 8, 12, 60}) {
                for (int depth : new int[] {0, 1, 5, 64}) {
                    float[] weights = random(random, 3 + rows * (depth + 2));
                    MatrixView view = new MatrixView(weights, 3, depth + 2, rows, depth);
                    float[] in = random(random, 7 + depth * width);
                    float[] init = random(random, 5 + rows * width);
                    float[] out = random(random, 9 + rows * width);
                    float[] before = out.clone();
                    // When
                    TileGemm.multiply(view, in, 7, init, 5, out, 9, width);
                    // Then
                    for (int i = 0; i < out.length; i++) {
                        float expected =
                                i < 9 ? before[i] : sum(view, in, init, (i - 9) / width, (i - 9) % width, width);
                        assertThat(out[i]).isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static float sum(MatrixView view, float[] in, float[] init, int row, int w, int width) {
        float sum = init[5 + row * width + w];
        for (int k = 0; k < view.columns(); k++) {
            sum = Math.fma(view.data()[view.offset() + row * view.stride() + k], in[7 + k * width + w], sum);
        }
        return sum;
    }

    private static float[] random(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
