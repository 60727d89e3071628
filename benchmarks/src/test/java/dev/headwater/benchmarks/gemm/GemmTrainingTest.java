package dev.headwater.benchmarks.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqTraining;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GemmTrainingTest {

    private static final Seq2SeqShape SHAPE = new Seq2SeqShape(4, 3, 2, 1, 8, List.of());
    private static final int WINDOWS = 6;

    private final float[] parameters = SHAPE.initialise(5);
    private final float[] rows = random(WINDOWS * SHAPE.rowLength());
    private final float[] truths = random(WINDOWS * SHAPE.horizon());

    private static float[] random(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void theGradientIsThatOfTheKernels() {
        // Given
        float[] expected = new float[SHAPE.parameterCount()];
        try (Seq2SeqTraining kernels = new Seq2SeqTraining(SHAPE, 1)) {
            kernels.setParameters(parameters);
            float[] slopes = kernels.forward(rows, WINDOWS);
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = Math.signum(slopes[i] - truths[i]) / slopes.length;
            }
            kernels.backward(slopes, expected);
        }

        // When
        try (GemmTraining training = new GemmTraining(SHAPE, parameters, rows, truths, WINDOWS)) {
            // Then
            assertThat(training.gradient()).containsExactly(expected, Offset.offset(1e-5f));
        }
    }

    @Test
    void updatesLowerTheLoss() {
        try (GemmTraining training = new GemmTraining(SHAPE, parameters, rows, truths, WINDOWS)) {
            // Given
            double before = training.loss();

            // When
            for (int update = 0; update < 20; update++) {
                training.update();
            }

            // Then
            assertThat(training.loss()).isLessThan(before);
        }
    }
}
