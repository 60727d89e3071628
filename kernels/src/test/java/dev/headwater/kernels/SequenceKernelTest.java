package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.kernels.PlainCell.Batch;
import dev.headwater.kernels.PlainCell.Kind;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceKernelTest {
    /// Small, so that no pre-activation of a rectified cell crosses zero.
    private static final double STEP = 1e-7;

    /// Kinds, sizes, and what is masked: nothing, (s)teps, (d)ropout of the state, and whether there is an initial
    /// state (h).
    private static final String CASES = """
            LSTM,       1,   1,  1, 1, -
            LSTM,      14,  16,  3, 6, -
            LSTM,      14,  16, 65, 5, sd
            LSTM,       3,   5, 65, 7, s
            LSTM,     129, 100,  3, 3, sd
            LSTM,       1, 100, 20, 4, d
            RNN_TANH,   1,   1,  3, 5, sh
            RNN_TANH,  14,  16, 65, 6, sdh
            RNN_TANH, 129, 100,  3, 4, d
            RNN_RELU,   1,   5,  1, 7, -
            RNN_RELU,  14,  16, 65, 5, sdh
            RNN_RELU, 129,   5, 33, 4, s
            GRU_TANH,  14,  16, 65, 5, sdh
            GRU_RELU,   1,   4,  3, 7, -
            GRU_RELU, 129, 100,  3, 3, dh
            GRU_RELU,  14,  16, 65, 5, sdh
            """;

    private static Batch batch(Kind kind, int inputs, int hidden, int size, int steps, String with) {
        PlainCell cell = new PlainCell(kind, inputs, hidden);
        float[] parameters = Windows.gaussian(cell.parameterCount(), 401);
        float scale = (float) (1 / Math.sqrt(1 + (inputs + hidden) / 4.0));
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] *= scale;
        }
        return new Batch(
                cell,
                size,
                steps,
                parameters,
                Windows.gaussian(size * steps * inputs, 402),
                with.contains("s") ? mask(size * steps, 1, 403) : null,
                with.contains("d") ? mask(size * hidden, 1.5f, 404) : null,
                with.contains("h") ? Windows.gaussian(size * hidden, 405) : null);
    }

    /// A third of the values is zero.
    private static float[] mask(int length, float kept, long seed) {
        Random random = new Random(seed);
        float[] mask = new float[length];
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextInt(3) == 0 ? 0f : kept;
        }
        return mask;
    }

    /// Results of a forward and a backward pass; `dH0` is null where a cell takes no initial state.
    private record Passes(float[] out, float[] dX, float @Nullable [] dH0, float[] gradients) {}

    private static Passes passes(Batch batch, float[] x, float[] dOut, int threads) {
        PlainCell cell = batch.cell();
        float[] dH0 = cell.kind() == Kind.LSTM ? null : new float[batch.size() * cell.hidden()];
        Passes passes =
                new Passes(new float[batch.outputs()], new float[x.length], dH0, new float[batch.parameters().length]);
        try (SequenceKernel kernel = cell.kernel(threads)) {
            kernel.setParameters(batch.parameters());
            forward(kernel, batch, x, passes.out, true);
            kernel.backward(dOut, passes.dX, passes.dH0, passes.gradients);
        }
        return passes;
    }

    private static void forward(SequenceKernel kernel, Batch batch, float[] x, float[] out, boolean keep) {
        kernel.forward(x, batch.mask(), batch.h0(), batch.dropped(), batch.size(), batch.steps(), out, keep);
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void outputsAgreeWithThePlainCell(Kind kind, int inputs, int hidden, int size, int steps, String with) {
        // Given
        Batch batch = batch(kind, inputs, hidden, size, steps, with);
        float[] kept = new float[batch.outputs()];
        float[] passing = new float[kept.length];
        // When
        try (SequenceKernel kernel = batch.cell().kernel(1)) {
            kernel.setParameters(batch.parameters());
            forward(kernel, batch, batch.x(), kept, true);
            forward(kernel, batch, batch.x(), passing, false);
        }
        // Then
        assertThat(passing).isEqualTo(kept);
        double[] p = PlainGru.toDouble(batch.parameters());
        for (int row = 0; row < size; row++) {
            double[] expected = batch.exact(p, batch.inputs(row), batch.start(row), row);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) kept[row * expected.length + i])
                        .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void gradientsAgreeWithFiniteDifferences(Kind kind, int inputs, int hidden, int size, int steps, String with) {
        // Given
        Batch batch = batch(kind, inputs, hidden, size, steps, with);
        float[] dOut = Windows.gaussian(batch.outputs(), 406);
        // When
        Passes passes = passes(batch, batch.x(), dOut, 2);
        // Then
        double[] p = PlainGru.toDouble(batch.parameters());
        assertSlopes(passes.gradients, 0, p, moved -> loss(batch, moved, dOut));
        for (int row : new int[] {0, size / 2, size - 1}) {
            double[] x = batch.inputs(row);
            double[] start = batch.start(row);
            assertSlopes(passes.dX, row * x.length, x, moved -> loss(batch, p, moved, start, dOut, row));
            if (passes.dH0 != null) {
                assertSlopes(passes.dH0, row * hidden, start, moved -> loss(batch, p, x, moved, dOut, row));
            }
        }
    }

    private static void assertSlopes(float[] slopes, int at, double[] values, ToDoubleFunction<double[]> loss) {
        double largest = 0.1;
        for (float slope : slopes) {
            largest = Math.max(largest, Math.abs(slope));
        }
        for (int index = 0; index < values.length; index += 1 + values.length / 24) {
            double[] above = values.clone();
            double[] below = values.clone();
            above[index] += STEP;
            below[index] -= STEP;
            double expected = (loss.applyAsDouble(above) - loss.applyAsDouble(below)) / (2 * STEP);
            assertThat(slopes[at + index] / largest).as("slope %d", index).isCloseTo(expected / largest, within(2e-5));
        }
    }

    private static double loss(Batch batch, double[] p, float[] dOut) {
        double loss = 0;
        for (int row = 0; row < batch.size(); row++) {
            loss += loss(batch, p, batch.inputs(row), batch.start(row), dOut, row);
        }
        return loss;
    }

    private static double loss(Batch batch, double[] p, double[] x, double[] start, float[] dOut, int row) {
        double[] out = batch.exact(p, x, start, row);
        double loss = 0;
        for (int i = 0; i < out.length; i++) {
            loss += dOut[row * out.length + i] * out[i];
        }
        return loss;
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 5", "RNN_TANH, 5", "RNN_RELU, 16", "GRU_TANH, 16", "GRU_RELU, 16"})
    void doesNotLookAtAbsentSteps(Kind kind, int hidden) {
        // Given: the same batch with NaN wherever the mask is zero
        Batch batch = batch(kind, 3, hidden, 70, 6, "sd");
        float[] dOut = Windows.gaussian(batch.outputs(), 407);
        float[] mask = mask(70 * 6, 1, 403);
        float[] spoilt = batch.x().clone();
        for (int i = 0; i < spoilt.length; i++) {
            spoilt[i] = mask[i / 3] == 0f ? Float.NaN : spoilt[i];
        }
        // When
        Passes clean = passes(batch, batch.x(), dOut, 1);
        Passes withNaN = passes(batch, spoilt, dOut, 1);
        // Then
        assertThat(withNaN).usingRecursiveComparison().isEqualTo(clean);
        for (int i = 0; i < spoilt.length; i++) {
            assertThat(mask[i / 3] != 0f || withNaN.dX[i] == 0f).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 5", "RNN_TANH, 100", "RNN_RELU, 1", "GRU_TANH, 16", "GRU_RELU, 16"})
    void threadsChangeNoOutputAndRunsNoGradient(Kind kind, int hidden) {
        // Given
        Batch batch = batch(kind, 7, hidden, 200, 4, "sd");
        float[] dOut = Windows.gaussian(batch.outputs(), 408);
        // When
        Passes one = passes(batch, batch.x(), dOut, 1);
        Passes many = passes(batch, batch.x(), dOut, 3);
        Passes again = passes(batch, batch.x(), dOut, 3);
        // Then
        assertThat(many.out).isEqualTo(one.out);
        assertThat(many.dX).isEqualTo(one.dX);
        assertThat(again).usingRecursiveComparison().isEqualTo(many);
    }

    @ParameterizedTest
    @CsvSource({"LSTM", "RNN_TANH", "GRU_TANH"})
    void aVanishingGradientBecomesZero(Kind kind) {
        // Given a long sequence whose last output alone counts
        Batch batch = batch(kind, 3, 8, 5, 900, "-");
        float[] dOut = new float[batch.outputs()];
        for (int i = 0; i < dOut.length; i++) {
            dOut[i] = i / 8 % 900 == 899 ? 1 : 0;
        }
        // When
        float[] dX = passes(batch, batch.x(), dOut, 1).dX;
        // Then the first inputs have no gradient, and no input has one so small that calculating is slow
        assertThat(dX[0]).isZero();
        assertThat(dX[899 * 3]).isNotZero();
        for (float slope : dX) {
            assertThat(slope == 0 || Math.abs(slope) >= Float.MIN_NORMAL).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM", "RNN_TANH", "GRU_RELU"})
    void servesBatchesOfAnySizeAndLengthInTurn(Kind kind) {
        // Given
        Batch large = batch(kind, 3, 8, 130, 6, "sd");
        Batch small = batch(kind, 3, 8, 5, 9, "-");
        float[] expected = passes(large, large.x(), new float[large.outputs()], 2).out;
        float[] alone = passes(small, small.x(), new float[small.outputs()], 2).out;
        try (SequenceKernel kernel = large.cell().kernel(2)) {
            kernel.setParameters(large.parameters());
            for (int round = 0; round < 3; round++) {
                // When
                float[] all = new float[expected.length];
                float[] few = new float[alone.length];
                forward(kernel, large, large.x(), all, round == 1);
                forward(kernel, small, small.x(), few, round != 1);
                // Then
                assertThat(all).isEqualTo(expected);
                assertThat(few).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 14, 16, 1984", "RNN_TANH, 14, 16, 496", "GRU_TANH, 325, 64, 75072", "RNN_RELU, 1, 5, 35"})
    void countsParameters(Kind kind, int inputs, int hidden, int expected) {
        try (SequenceKernel kernel = new PlainCell(kind, inputs, hidden).kernel(1)) {
            assertThat(kernel.parameterCount()).isEqualTo(expected);
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> CellSequence.lstm(0, 8, 1)).hasMessage("inputs must be at least 1, found 0");
        assertThatThrownBy(() -> CellSequence.simpleRnn(1, 0, StateActivation.TANH, 1))
                .hasMessage("hidden must be at least 1, found 0");
        try (SequenceKernel lstm = CellSequence.lstm(2, 3, 1)) {
            float[] state = new float[3];
            assertThatThrownBy(() -> lstm.forward(new float[2], null, state, 1, 1, state, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("h0 must be null: this cell always starts from zero");
            assertThatThrownBy(() -> lstm.forward(new float[1], null, null, 1, 1, state, true))
                    .hasMessage("x must hold at least 2 floats, found 1");
            assertThatThrownBy(() -> lstm.backward(state, new float[2], null, new float[100]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
