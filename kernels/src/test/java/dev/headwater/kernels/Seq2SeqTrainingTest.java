package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Seq2SeqTrainingTest {
    private static final double STEP = 1e-5;

    static List<Seq2SeqShape> shapes() {
        return Windows.shapes();
    }

    /// The loss is a fixed weighted sum of the forecasts, so that its gradient by the forecasts equals the
    /// weights.
    @ParameterizedTest
    @MethodSource("shapes")
    void gradientAgreesWithFiniteDifferencesOfThePlainNetwork(Seq2SeqShape shape) {
        // Given: a full tile, a partly filled one, and two threads
        int batch = shape.hidden() > 20 ? 19 : 150;
        float[] parameters = Windows.parameters(shape, 101);
        float[] rows = Windows.rows(shape, batch, 102);
        float[] lossWeights = Windows.gaussian(batch * shape.horizon(), 103);
        // When
        float[] gradients = gradients(shape, parameters, rows, batch, lossWeights, 2);
        // Then
        double largest = 0;
        for (float gradient : gradients) {
            largest = Math.max(largest, Math.abs(gradient));
        }
        Random random = new Random(104);
        double[] exact = PlainGru.toDouble(parameters);
        for (Tensor tensor : shape.tensors()) {
            for (int sample = 0; sample < Math.min(12, tensor.size()); sample++) {
                int index = tensor.offset() + random.nextInt(tensor.size());
                double expected = difference(shape, exact, index, rows, batch, lossWeights);
                assertThat(Math.abs(gradients[index] - expected) / largest)
                        .as("%s of %s: %s for %s", index, tensor, gradients[index], expected)
                        .isLessThan(1e-5);
            }
        }
    }

    private static double difference(
            Seq2SeqShape shape, double[] parameters, int index, float[] rows, int batch, float[] lossWeights) {
        double kept = parameters[index];
        parameters[index] = kept + STEP;
        double above = loss(shape, parameters, rows, batch, lossWeights);
        parameters[index] = kept - STEP;
        double below = loss(shape, parameters, rows, batch, lossWeights);
        parameters[index] = kept;
        return (above - below) / (2 * STEP);
    }

    private static double loss(Seq2SeqShape shape, double[] parameters, float[] rows, int batch, float[] lossWeights) {
        double loss = 0;
        for (int row = 0; row < batch; row++) {
            double[] forecast = PlainGru.forecast(shape, parameters, rows, row);
            for (int t = 0; t < forecast.length; t++) {
                loss += lossWeights[row * forecast.length + t] * forecast[t];
            }
        }
        return loss;
    }

    private static float[] gradients(
            Seq2SeqShape shape, float[] parameters, float[] rows, int batch, float[] lossWeights, int threads) {
        float[] gradients = new float[shape.parameterCount()];
        Arrays.fill(gradients, Float.NaN);
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, threads)) {
            training.setParameters(parameters);
            training.forward(rows, batch);
            training.backward(lossWeights, gradients);
        }
        return gradients;
    }

    @Test
    void gradientOfABatchIsTheSumOverItsWindows() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(2);
        int batch = 70;
        float[] parameters = Windows.parameters(shape, 111);
        float[] rows = Windows.rows(shape, batch, 112);
        float[] lossWeights = Windows.gaussian(batch * shape.horizon(), 113);
        // When
        float[] together = gradients(shape, parameters, rows, batch, lossWeights, 1);
        double[] sum = new double[together.length];
        for (int row = 0; row < batch; row++) {
            float[] one = gradients(
                    shape,
                    parameters,
                    Arrays.copyOfRange(rows, row * shape.rowLength(), (row + 1) * shape.rowLength()),
                    1,
                    Arrays.copyOfRange(lossWeights, row * shape.horizon(), (row + 1) * shape.horizon()),
                    1);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += one[i];
            }
        }
        // Then
        for (int i = 0; i < sum.length; i++) {
            assertThat(Math.abs(together[i] - sum[i])).isLessThan(1e-4 * (1 + Math.abs(sum[i])));
        }
    }

    @Test
    void repeatsItselfToTheBitAndForgetsEarlierBatches() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(3);
        float[] parameters = Windows.parameters(shape, 121);
        float[] rows = Windows.rows(shape, 130, 122);
        float[] lossWeights = Windows.gaussian(130 * shape.horizon(), 123);
        float[] expected = gradients(shape, parameters, rows, 130, lossWeights, 2);
        float[] expectedOfFew = gradients(shape, parameters, rows, 9, lossWeights, 2);
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 2)) {
            training.setParameters(parameters);
            for (int round = 0; round < 5; round++) {
                for (int batch : new int[] {130, 9}) {
                    // When
                    float[] gradients = new float[expected.length];
                    training.forward(rows, batch);
                    training.backward(lossWeights, gradients);
                    // Then
                    assertThat(gradients).isEqualTo(batch == 130 ? expected : expectedOfFew);
                }
            }
        }
    }

    @Test
    void refusesABackwardPassWithoutItsForwardPass() {
        // Given
        Seq2SeqShape shape = Windows.shapes().getFirst();
        float[] gradients = new float[shape.parameterCount()];
        float[] rows = Windows.rows(shape, 2, 131);
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 1)) {
            // When / Then
            assertThatThrownBy(() -> training.backward(new float[2], gradients))
                    .isInstanceOf(IllegalStateException.class);
            training.forward(rows, 2);
            training.backward(new float[2], gradients);
            assertThatThrownBy(() -> training.backward(new float[2], gradients))
                    .isInstanceOf(IllegalStateException.class);
            training.forward(rows, 2);
            training.setParameters(new float[shape.parameterCount()]);
            assertThatThrownBy(() -> training.backward(new float[2], gradients))
                    .isInstanceOf(IllegalStateException.class);
            training.forward(rows, 2);
            assertThatThrownBy(() -> training.backward(new float[1], gradients))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Seq2SeqTraining(shape, 0)).hasMessageContaining("found 0");
    }

    @Test
    void passesAWorkersFailureOn() {
        // Given: an invalid id in the second tile, which worker 1 processes
        Seq2SeqShape shape = Windows.shapes().get(1);
        float[] rows = Windows.rows(shape, 128, 141);
        rows[127 * shape.rowLength() + shape.idsOffset()] = 3f;
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 2)) {
            // When / Then
            assertThatThrownBy(() -> training.forward(rows, 128))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("embedding sensor");
        }
    }
}
