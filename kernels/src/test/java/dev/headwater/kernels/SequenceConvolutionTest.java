package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceConvolutionTest {

    private static final int BATCH = 5;

    private static float[] normal(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 4, 4", "2, 3, 5, 20", "7, 6, 3, 41", "4, 8, 24, 120", "5, 9, 2, 170"})
    void forwardIsTheSumOverTheKernel(int inputs, int filters, int kernel, int steps) {
        // Given
        float[] x = normal(1, BATCH * inputs * steps);
        float[] parameters = normal(2, filters * (inputs * kernel + 1));
        int outSteps = steps - kernel + 1;
        float[] out = new float[BATCH * filters * outSteps];

        // When
        try (SequenceConvolution convolution = new SequenceConvolution(inputs, filters, kernel, 2)) {
            convolution.setParameters(parameters);
            convolution.forward(x, BATCH, steps, out);
        }

        // Then
        for (int at = 0; at < out.length; at++) {
            int filter = at / outSteps % filters;
            double sum = parameters[filters * inputs * kernel + filter];
            for (int input = 0; input < inputs; input++) {
                int row = (at / outSteps / filters * inputs + input) * steps + at % outSteps;
                for (int k = 0; k < kernel; k++) {
                    sum += (double) parameters[(filter * inputs + input) * kernel + k] * x[row + k];
                }
            }
            assertThat((double) out[at]).isCloseTo(sum, within(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 4, 4", "2, 3, 5, 20", "7, 6, 3, 41", "4, 8, 24, 120", "5, 9, 2, 170"})
    void backwardAddsUpWhatEachOutputReads(int inputs, int filters, int kernel, int steps) {
        // Given
        float[] x = normal(1, BATCH * inputs * steps);
        float[] parameters = normal(2, filters * (inputs * kernel + 1));
        int outSteps = steps - kernel + 1;
        float[] dOut = normal(3, BATCH * filters * outSteps);
        float[] dIn = normal(4, x.length);
        float[] into = normal(5, parameters.length);

        // When
        try (SequenceConvolution convolution = new SequenceConvolution(inputs, filters, kernel, 2)) {
            convolution.setParameters(parameters);
            convolution.backward(x, BATCH, steps, dOut, dIn, into);
        }

        // Then
        double[] plainIn = new double[x.length];
        double[] plain = new double[parameters.length];
        for (int at = 0; at < dOut.length; at++) {
            int filter = at / outSteps % filters;
            plain[filters * inputs * kernel + filter] += dOut[at];
            for (int input = 0; input < inputs; input++) {
                int row = (at / outSteps / filters * inputs + input) * steps + at % outSteps;
                for (int k = 0; k < kernel; k++) {
                    int weight = (filter * inputs + input) * kernel + k;
                    plain[weight] += (double) dOut[at] * x[row + k];
                    plainIn[row + k] += (double) dOut[at] * parameters[weight];
                }
            }
        }
        assertClose(dIn, plainIn);
        assertClose(into, plain);
    }

    private static void assertClose(float[] found, double[] expected) {
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isCloseTo(expected[i], within(3e-4));
        }
    }

    @Test
    void sequencesOfAnotherLengthLeaveNoTrace() {
        // Given a convolution that has seen longer sequences
        float[] parameters = normal(2, 3 * (2 * 4 + 1));
        float[] x = normal(1, BATCH * 2 * 9);
        float[] expected = new float[BATCH * 3 * 6];
        float[] found = new float[expected.length];
        try (SequenceConvolution fresh = new SequenceConvolution(2, 3, 4, 1);
                SequenceConvolution used = new SequenceConvolution(2, 3, 4, 1)) {
            fresh.setParameters(parameters);
            used.setParameters(parameters);
            used.forward(normal(3, BATCH * 2 * 50), BATCH, 50, new float[BATCH * 3 * 47]);

            // When
            fresh.forward(x, BATCH, 9, expected);
            used.forward(x, BATCH, 9, found);
        }

        // Then
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void refusesSequencesShorterThanTheKernel() {
        try (SequenceConvolution convolution = new SequenceConvolution(1, 1, 7, 1)) {
            assertThatThrownBy(() -> convolution.forward(new float[6], 1, 6, new float[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("7, found 6");
        }
    }
}
