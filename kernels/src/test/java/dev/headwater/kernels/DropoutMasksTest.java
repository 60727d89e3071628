package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DropoutMasksTest {

    private static final double STEP = 1e-5;

    /// Each shape with a mask on the head, on the recurrent states, and on both.
    static Stream<Arguments> cases() {
        List<double[]> rates = List.of(new double[] {0.5, 0}, new double[] {0, 0.4}, new double[] {0.2, 0.6});
        return Windows.shapes().stream()
                .flatMap(shape -> rates.stream().map(rate -> Arguments.of(shape, rate[0], rate[1])));
    }

    private static double loss(
            Seq2SeqShape shape, double[] parameters, float[] rows, DropoutMasks masks, float[] lossWeights) {
        double loss = 0;
        for (int row = 0; row * shape.horizon() < lossWeights.length; row++) {
            double[] forecast = PlainGru.forecast(shape, parameters, rows, row, masks);
            for (int step = 0; step < forecast.length; step++) {
                loss += lossWeights[row * forecast.length + step] * forecast[step];
            }
        }
        return loss;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithFiniteDifferencesUnderAFixedMask(Seq2SeqShape shape, double head, double recurrent) {
        // Given a full tile and a partly filled one, and fixed masks
        int batch = shape.hidden() > 20 ? 19 : 70;
        float[] parameters = Windows.parameters(shape, 201);
        float[] rows = Windows.rows(shape, batch, 202);
        float[] lossWeights = Windows.gaussian(batch * shape.horizon(), 203);
        DropoutMasks masks = DropoutMasks.draw(shape, batch, head, recurrent, new SplittableRandom(204));
        float[] gradients = new float[shape.parameterCount()];
        float[] out = new float[batch * shape.horizon()];
        // When a batch runs forward and backward, after another batch without masks
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 2)) {
            training.setParameters(parameters);
            training.forward(rows, batch);
            training.forward(rows, batch, out, masks);
            training.backward(lossWeights, gradients);
        }
        // Then forecasts and gradients equal those of the plain network under the same masks
        double[] exact = PlainGru.toDouble(parameters);
        for (int row = 0; row < batch; row++) {
            double[] expected = PlainGru.forecast(shape, exact, rows, row, masks);
            for (int step = 0; step < shape.horizon(); step++) {
                assertThat((double) out[row * shape.horizon() + step])
                        .isCloseTo(expected[step], Offset.offset(1e-4 * (1 + Math.abs(expected[step]))));
            }
        }
        double largest = 0;
        for (float gradient : gradients) {
            largest = Math.max(largest, Math.abs(gradient));
        }
        Random random = new Random(205);
        for (Tensor tensor : shape.tensors()) {
            for (int sample = 0; sample < Math.min(8, tensor.size()); sample++) {
                int index = tensor.offset() + random.nextInt(tensor.size());
                double kept = exact[index];
                exact[index] = kept + STEP;
                double above = loss(shape, exact, rows, masks, lossWeights);
                exact[index] = kept - STEP;
                double below = loss(shape, exact, rows, masks, lossWeights);
                exact[index] = kept;
                assertThat((gradients[index] - (above - below) / (2 * STEP)) / largest)
                        .as("%s of %s", index, tensor)
                        .isCloseTo(0, Offset.offset(1e-5));
            }
        }
    }

    @Test
    void aBatchWithoutMasksForgetsThoseOfTheOneBefore() {
        // Given a batch that was masked
        Seq2SeqShape shape = Windows.shapes().getFirst();
        float[] parameters = Windows.parameters(shape, 211);
        float[] rows = Windows.rows(shape, 70, 212);
        float[] lossWeights = Windows.gaussian(70 * shape.horizon(), 213);
        float[] fresh = new float[shape.parameterCount()];
        float[] after = new float[shape.parameterCount()];
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 2)) {
            training.setParameters(parameters);
            float[] expected = training.forward(rows, 70);
            training.backward(lossWeights, fresh);
            DropoutMasks masks = DropoutMasks.draw(shape, 70, 0.5, 0.5, new SplittableRandom(214));
            training.forward(rows, 70, new float[expected.length], masks);
            training.backward(lossWeights, after);
            assertThat(after).isNotEqualTo(fresh);
            // When the next batch has no masks
            float[] out = training.forward(rows, 70);
            training.backward(lossWeights, after);
            // Then the results equal those without any masks
            assertThat(out).containsExactly(expected);
            assertThat(after).containsExactly(fresh);
        }
    }

    @Test
    void keepsTheStatedShareAndTheMean() {
        // When a mask is drawn for many windows
        Seq2SeqShape shape = Windows.shapes().getFirst();
        DropoutMasks masks = DropoutMasks.draw(shape, 50_000, 0.25, 0, new SplittableRandom(1));
        // Then three quarters are kept, scaled so that the mean is unchanged, and no recurrent mask exists
        double sum = 0;
        for (float factor : masks.head()) {
            assertThat(factor).isIn(0f, (float) (1 / 0.75));
            sum += factor;
        }
        assertThat(sum / masks.head().length).isCloseTo(1, Offset.offset(0.01));
        assertThat(masks.encoder()).isEmpty();
        assertThat(masks.decoder()).isEmpty();
    }

    @Test
    void refusesMasksOfAnotherBatch() {
        // Given masks of two windows
        Seq2SeqShape shape = Windows.shapes().getFirst();
        DropoutMasks two = DropoutMasks.draw(shape, 2, 0.5, 0.5, new SplittableRandom(2));
        float[] rows = Windows.rows(shape, 3, 215);
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 1)) {
            // When a batch of three windows is given, then the masks are refused
            assertThatThrownBy(() -> training.forward(rows, 3, new float[3 * shape.horizon()], two))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("masks must hold 3 x " + shape.hidden());
        }
        assertThatThrownBy(() -> new DropoutMasks(new float[0], new float[8], new float[0]))
                .hasMessageContaining("found 8 and 0");
    }
}
