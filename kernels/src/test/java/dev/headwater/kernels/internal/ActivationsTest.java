package dev.headwater.kernels.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    private static final double TOLERANCE = 5e-7;

    private interface Activation {
        void apply(float[] values, int at, int size);
    }

    /// The function of x, in the last lane of the second vector; checks that values outside the range are
    /// unchanged.
    private static float apply(Activation function, float x) {
        float[] values = new float[2 * Lanes.LENGTH + 2];
        Arrays.fill(values, x);
        function.apply(values, 1, 2 * Lanes.LENGTH);
        if (Float.compare(values[0], x) != 0 || Float.compare(values[values.length - 1], x) != 0) {
            throw new AssertionError("wrote outside of its values");
        }
        return values[2 * Lanes.LENGTH];
    }

    @Test
    void agreeWithDoublePrecisionOverTheWholeRange() {
        // Given: a fine grid where the functions bend, and every magnitude of float with either sign
        for (int i = -40_000; i <= 40_000; i++) {
            check(i / 2000f);
        }
        for (int bits = 0; bits <= 0x7f800000; bits += 100_003) {
            check(Float.intBitsToFloat(bits));
            check(-Float.intBitsToFloat(bits));
        }
        for (float x : new float[] {0f, -0f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.MIN_VALUE}) {
            check(x);
            check(-x);
        }
    }

    private static void check(float x) {
        // When
        double tanh = apply(Activations::tanh, x);
        double sigmoid = apply(Activations::sigmoid, x);
        // Then
        if (!(Math.abs(tanh - Math.tanh(x)) < TOLERANCE && Math.abs(sigmoid - 1 / (1 + Math.exp(-x))) < TOLERANCE)) {
            throw new AssertionError("at " + x + ": tanh " + tanh + ", sigmoid " + sigmoid);
        }
    }

    @Test
    void keepNaNWhateverItsPayload() {
        for (int bits : new int[] {0x7fc00000, 0x7fc00001, 0x7f800001, 0xffc00000, 0x7fffffff, 0xff812345}) {
            assertThat(apply(Activations::tanh, Float.intBitsToFloat(bits))).isNaN();
            assertThat(apply(Activations::sigmoid, Float.intBitsToFloat(bits))).isNaN();
        }
    }

    /// The clamp is only applied to vectors in which at least one lane needs it.
    @Test
    void giveTheSameBitsWhateverStandsBeside() {
        // Given: arguments around the clamp of tanh, and around twice the clamp for sigmoid
        for (int bits = Float.floatToRawIntBits(7.8f); bits < Float.floatToRawIntBits(7.95f); bits += 7) {
            for (float x : new float[] {Float.intBitsToFloat(bits), -Float.intBitsToFloat(bits)}) {
                // When
                float[] tanh = {x, 100f};
                float[] sigmoid = {2 * x, Float.NEGATIVE_INFINITY};
                // Then
                assertThat(beside(Activations::tanh, tanh)).isEqualTo(apply(Activations::tanh, x));
                assertThat(beside(Activations::sigmoid, sigmoid)).isEqualTo(apply(Activations::sigmoid, 2 * x));
            }
        }
    }

    /// The function of the first value, with the second value in all other lanes.
    private static float beside(Activation function, float[] pair) {
        float[] values = new float[Lanes.LENGTH];
        Arrays.fill(values, pair[1]);
        values[0] = pair[0];
        function.apply(values, 0, Lanes.LENGTH);
        return values[0];
    }

    @Test
    void tanhIsOddAndRelativelyExactNearZero() {
        for (int i = 1; i < 1000; i++) {
            float x = i * 1e-4f;
            assertThat(apply(Activations::tanh, -x)).isEqualTo(-apply(Activations::tanh, x));
            assertThat(apply(Activations::tanh, x) / Math.tanh(x)).isBetween(1 - 1e-6, 1 + 1e-6);
        }
    }
}
