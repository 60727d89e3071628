package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentDropoutTest {

    private static float[] normal(Random random, int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] mask(Random random, int length) {
        float[] mask = new float[length];
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextInt(3) == 0 ? 0 : 1.5f;
        }
        return mask;
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 4, 5", "5, 2, 12, 7", "70, 3, 8, 3"})
    void gradientsAgreeWithCentralDifferences(int batch, int inputs, int hidden, int steps) {
        // Given
        Random random = new Random(batch);
        try (GruSequence gru = new GruSequence(inputs, hidden, 2)) {
            float[] parameters = normal(random, gru.parameterCount(), 0.4f);
            float[] x = normal(random, batch * steps * inputs, 1);
            float[] h0 = normal(random, batch * hidden, 0.5f);
            float[] mask = mask(random, batch * hidden);
            float[] weights = normal(random, batch * steps * hidden, 1); // of the outputs in the loss
            float[] out = new float[batch * steps * hidden];
            float[] gradients = new float[gru.parameterCount()];
            float[] dX = new float[x.length];
            float[] dH0 = new float[h0.length];

            // When
            gru.setParameters(parameters);
            gru.forward(x, null, h0, mask, batch, steps, out, true);
            gru.backward(weights, dX, dH0, gradients);

            // Then
            for (int i = 0; i < parameters.length; i += 1 + parameters.length / 60) {
                assertSlope(gru, parameters, parameters, i, gradients[i], x, h0, mask, weights, batch, steps);
            }
            for (int i = 0; i < h0.length; i += 1 + h0.length / 20) {
                assertSlope(gru, parameters, h0, i, dH0[i], x, h0, mask, weights, batch, steps);
            }
            for (int i = 0; i < x.length; i += 1 + x.length / 20) {
                assertSlope(gru, parameters, x, i, dX[i], x, h0, mask, weights, batch, steps);
            }
        }
    }

    private static void assertSlope(
            GruSequence gru,
            float[] parameters,
            float[] changed,
            int index,
            float slope,
            float[] x,
            float[] h0,
            float[] mask,
            float[] weights,
            int batch,
            int steps) {
        float step = 5e-3f;
        float before = changed[index];
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            changed[index] = before + (side == 0 ? step : -step);
            gru.setParameters(parameters);
            float[] out = new float[weights.length];
            gru.forward(x, null, h0, mask, batch, steps, out, false);
            for (int i = 0; i < out.length; i++) {
                losses[side] += (double) weights[i] * out[i];
            }
        }
        changed[index] = before;
        double numeric = (losses[0] - losses[1]) / (2 * step);
        assertThat((double) slope).as("slope %d", index).isCloseTo(numeric, within(5e-3 + 0.02 * Math.abs(numeric)));
    }

    @Test
    void aMaskOfOnesChangesNothingAndNoneIsForgotten() {
        // Given
        Random random = new Random(4);
        try (GruSequence gru = new GruSequence(3, 8, 1)) {
            gru.setParameters(normal(random, gru.parameterCount(), 0.4f));
            float[] x = normal(random, 5 * 6 * 3, 1);
            float[] ones = new float[5 * 8];
            Arrays.fill(ones, 1);
            float[] plain = new float[5 * 6 * 8];
            float[] masked = new float[plain.length];
            float[] dropped = new float[plain.length];
            float[] after = new float[plain.length];

            // When
            gru.forward(x, null, null, 5, 6, plain, false);
            gru.forward(x, null, null, ones, 5, 6, masked, false);
            gru.forward(x, null, null, mask(random, 5 * 8), 5, 6, dropped, false);
            gru.forward(x, null, null, 5, 6, after, false);

            // Then
            assertThat(masked).isEqualTo(plain);
            assertThat(dropped).isNotEqualTo(plain);
            assertThat(after).isEqualTo(plain);
            assertThatThrownBy(() -> gru.forward(x, null, null, new float[3], 5, 6, after, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("recurrentMask");
        }
    }
}
