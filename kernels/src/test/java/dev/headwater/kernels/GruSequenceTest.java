package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GruSequenceTest {
    private static final double STEP = 1e-5;

    /// A seeded batch; mask and h0 may be missing.
    record Case(int inputs, int hidden, int batch, int steps, boolean masked, boolean started, int threads) {
        float[] parameters() {
            int count = 3 * hidden * (inputs + hidden + 2);
            float[] values = Windows.gaussian(count, 201);
            for (int i = 0; i < count; i++) {
                values[i] *= 0.4f;
            }
            return values;
        }

        float[] x() {
            return Windows.gaussian(batch * steps * inputs, 202);
        }

        float @Nullable [] mask() {
            if (!masked) {
                return null;
            }
            Random random = new Random(203);
            float[] mask = new float[batch * steps];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextInt(3) == 0 ? 0f : 1f;
            }
            return mask;
        }

        float @Nullable [] h0() {
            return started ? Windows.gaussian(batch * hidden, 204) : null;
        }

        double[] exactH0(float @Nullable [] h0, int row) {
            return h0 == null ? new double[hidden] : PlainGru.slice(h0, row * hidden, hidden);
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(1, 4, 1, 1, false, false, 1),
                new Case(1, 4, 2, 3, true, true, 1),
                new Case(3, 8, 17, 5, true, false, 1),
                new Case(5, 20, 65, 4, false, true, 2),
                new Case(4, 20, 130, 3, true, true, 2),
                new Case(7, 64, 18, 6, true, true, 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAgreeWithThePlainGru(Case data) {
        // Given
        double[] exact = PlainGru.toDouble(data.parameters());
        try (GruSequence layer = new GruSequence(data.inputs, data.hidden, data.threads)) {
            layer.setParameters(data.parameters());
            // When
            float[] kept = new float[data.batch * data.steps * data.hidden];
            float[] passing = new float[kept.length];
            layer.forward(data.x(), data.mask(), data.h0(), data.batch, data.steps, kept, true);
            layer.forward(data.x(), data.mask(), data.h0(), data.batch, data.steps, passing, false);
            // Then
            assertThat(passing).isEqualTo(kept);
            for (int row = 0; row < data.batch; row++) {
                double[][] expected = oracle(data, exact, data.x(), data.h0(), row);
                for (int i = 0; i < data.steps * data.hidden; i++) {
                    double value = kept[row * data.steps * data.hidden + i];
                    assertThat(value - expected[i / data.hidden][i % data.hidden])
                            .isBetween(-1e-5, 1e-5);
                }
            }
        }
    }

    private static double[][] oracle(Case data, double[] parameters, float[] x, float @Nullable [] h0, int row) {
        double[] input = PlainGru.slice(x, row * data.steps * data.inputs, data.steps * data.inputs);
        double[] start = data.exactH0(h0, row);
        return PlainGru.sequence(parameters, data.inputs, data.hidden, input, data.mask(), row * data.steps, start);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithFiniteDifferences(Case data) {
        // Given
        float[] x = data.x();
        float[] h0 = data.h0();
        float[] dOut = Windows.gaussian(data.batch * data.steps * data.hidden, 205);
        float[] dX = new float[x.length];
        float[] dH0 = new float[data.batch * data.hidden];
        float[] gradients = new float[data.parameters().length];
        // When
        try (GruSequence layer = new GruSequence(data.inputs, data.hidden, data.threads)) {
            layer.setParameters(data.parameters());
            layer.forward(x, data.mask(), h0, data.batch, data.steps, new float[dOut.length], true);
            layer.backward(dOut, dX, dH0, gradients);
        }
        // Then
        Random random = new Random(206);
        double[] exact = PlainGru.toDouble(data.parameters());
        double largest = largest(gradients);
        for (int sample = 0; sample < 60; sample++) {
            int index = random.nextInt(exact.length);
            double kept = exact[index];
            exact[index] = kept + STEP;
            double above = loss(data, exact, x, h0, dOut);
            exact[index] = kept - STEP;
            double below = loss(data, exact, x, h0, dOut);
            exact[index] = kept;
            double expected = (above - below) / (2 * STEP);
            assertThat((gradients[index] - expected) / largest).isBetween(-1e-5, 1e-5);
        }
        for (int sample = 0; sample < 30; sample++) {
            int index = random.nextInt(x.length);
            assertThat(dX[index] - inputDifference(data, exact, x, index, dOut)).isBetween(-2e-4, 2e-4);
        }
        for (int sample = 0; sample < 30; sample++) {
            int index = random.nextInt(dH0.length);
            assertThat(dH0[index] - stateDifference(data, exact, x, index, dOut))
                    .isBetween(-2e-4, 2e-4);
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double loss(Case data, double[] parameters, float[] x, float @Nullable [] h0, float[] dOut) {
        double loss = 0;
        for (int row = 0; row < data.batch; row++) {
            loss += rowLoss(data, oracle(data, parameters, x, h0, row), dOut, row);
        }
        return loss;
    }

    private static double rowLoss(Case data, double[][] states, float[] dOut, int row) {
        double loss = 0;
        for (int i = 0; i < data.steps * data.hidden; i++) {
            loss += dOut[row * data.steps * data.hidden + i] * states[i / data.hidden][i % data.hidden];
        }
        return loss;
    }

    private static double inputDifference(Case data, double[] parameters, float[] x, int index, float[] dOut) {
        int row = index / (data.steps * data.inputs);
        double[] input = PlainGru.slice(x, row * data.steps * data.inputs, data.steps * data.inputs);
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] moved = input.clone();
            moved[index % moved.length] += side == 0 ? STEP : -STEP;
            double[] start = data.exactH0(data.h0(), row);
            losses[side] = rowLoss(
                    data,
                    PlainGru.sequence(
                            parameters, data.inputs, data.hidden, moved, data.mask(), row * data.steps, start),
                    dOut,
                    row);
        }
        return (losses[0] - losses[1]) / (2 * STEP);
    }

    private static double stateDifference(Case data, double[] parameters, float[] x, int index, float[] dOut) {
        int row = index / data.hidden;
        double[] input = PlainGru.slice(x, row * data.steps * data.inputs, data.steps * data.inputs);
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] start = data.exactH0(data.h0(), row).clone();
            start[index % data.hidden] += side == 0 ? STEP : -STEP;
            losses[side] = rowLoss(
                    data,
                    PlainGru.sequence(
                            parameters, data.inputs, data.hidden, input, data.mask(), row * data.steps, start),
                    dOut,
                    row);
        }
        return (losses[0] - losses[1]) / (2 * STEP);
    }

    @Test
    void doesNotLookAtAbsentSteps() {
        // Given: the same batch with NaN wherever the mask is zero
        Case data = new Case(3, 8, 20, 6, true, true, 1);
        float[] mask = data.mask();
        float[] spoilt = data.x();
        for (int i = 0; i < spoilt.length; i++) {
            spoilt[i] = mask[i / data.inputs] == 0f ? Float.NaN : spoilt[i];
        }
        // When
        float[][] clean = pass(data, data.x());
        float[][] withNaN = pass(data, spoilt);
        // Then
        assertThat(withNaN).isDeepEqualTo(clean);
        for (int i = 0; i < spoilt.length; i++) {
            assertThat(withNaN[1][i] == 0f).isEqualTo(mask[i / data.inputs] == 0f);
        }
    }

    /// Outputs, dX, dH0 and gradients.
    private static float[][] pass(Case data, float[] x) {
        float[] out = new float[data.batch * data.steps * data.hidden];
        float[] dX = new float[x.length];
        float[] dH0 = new float[data.batch * data.hidden];
        float[] gradients = new float[data.parameters().length];
        try (GruSequence layer = new GruSequence(data.inputs, data.hidden, data.threads)) {
            layer.setParameters(data.parameters());
            layer.forward(x, data.mask(), data.h0(), data.batch, data.steps, out, true);
            layer.backward(Windows.gaussian(out.length, 207), dX, dH0, gradients);
        }
        return new float[][] {out, dX, dH0, gradients};
    }

    @Test
    void servesBatchesOfAnySizeAndLengthInTurn() {
        // Given
        Case data = new Case(3, 8, 130, 6, true, true, 2);
        float[] expected = pass(data, data.x())[0];
        try (GruSequence layer = new GruSequence(3, 8, 2)) {
            layer.setParameters(data.parameters());
            for (int steps : new int[] {1, 6, 2, 6}) {
                // When: the first steps of the first sequence alone, then the whole batch
                float[] one = new float[steps * 8];
                layer.forward(data.x(), data.mask(), data.h0(), 1, steps, one, steps % 2 == 0);
                float[] all = new float[expected.length];
                layer.forward(data.x(), data.mask(), data.h0(), data.batch, data.steps, all, true);
                // Then
                assertThat(one).isEqualTo(Arrays.copyOf(expected, one.length));
                assertThat(all).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new GruSequence(0, 8, 1)).hasMessage("inputs must be at least 1, found 0");
        assertThatThrownBy(() -> new GruSequence(1, 6, 1))
                .hasMessage("hidden must be a positive multiple of 4, found 6");
        try (GruSequence layer = new GruSequence(2, 4, 1)) {
            assertThatThrownBy(() -> layer.setParameters(new float[3])).hasMessageContaining("found 3");
            assertThatThrownBy(() -> layer.forward(new float[3], null, null, 1, 2, new float[8], true))
                    .hasMessage("x must hold at least 4 floats, found 3");
            layer.forward(new float[4], null, null, 1, 2, new float[8], false);
            assertThatThrownBy(
                            () -> layer.backward(new float[8], new float[4], null, new float[layer.parameterCount()]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
