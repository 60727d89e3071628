package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.ClassifierShape.Pooling;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentClassifierTest {

    static Stream<ClassifierShape> shapes() {
        return Stream.of(
                new ClassifierShape(124, 40, 64, 5, 2, Cell.GRU, 64, 2, true, Pooling.MEAN, 8),
                new ClassifierShape(9, 3, 6, 3, 4, Cell.GRU, 8, 1, false, Pooling.MAX, 2),
                new ClassifierShape(7, 5, 0, 1, 1, Cell.GRU, 4, 3, true, Pooling.ATTENTION, 3),
                new ClassifierShape(1, 1, 17, 7, 1, Cell.GRU, 20, 2, false, Pooling.ATTENTION, 17),
                new ClassifierShape(124, 40, 64, 5, 2, Cell.LSTM, 64, 2, true, Pooling.MEAN, 8),
                new ClassifierShape(9, 3, 6, 3, 4, Cell.LSTM, 8, 1, false, Pooling.MAX, 2),
                new ClassifierShape(7, 5, 0, 1, 1, Cell.LSTM, 4, 3, true, Pooling.ATTENTION, 3),
                new ClassifierShape(1, 1, 17, 7, 1, Cell.LSTM, 20, 2, false, Pooling.ATTENTION, 17));
    }

    private static float[] normal(long seed, int length, float scale) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }

    private static RecurrentClassifier classifier(ClassifierShape shape) {
        return new RecurrentClassifier(shape, normal(1, shape.parameterCount(), 0.3f));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tensorsFillTheParametersWithoutGaps(ClassifierShape shape) {
        int at = 0;
        for (Seq2SeqShape.Tensor tensor : shape.tensors()) {
            assertThat(tensor.offset()).as(tensor.name()).isEqualTo(at);
            at = tensor.end();
        }
        assertThat(at).isEqualTo(shape.parameterCount());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void agreesWithAPlainNetworkInDouble(ClassifierShape shape) {
        // Given
        float[] parameters = normal(1, shape.parameterCount(), 0.3f);
        RecurrentClassifier classifier = new RecurrentClassifier(shape, parameters);
        for (int sequence = 0; sequence < 3; sequence++) {
            float[] frames = normal(10 + sequence, shape.frames() * shape.width(), 1);
            float[] probabilities = new float[shape.classes()];

            // When
            classifier.classify(frames, probabilities);

            // Then
            double[] expected = PlainClassifier.classify(shape, parameters, frames);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) probabilities[i]).as("class %d", i).isCloseTo(expected[i], within(1e-4));
            }
            assertThat(IntStream.range(0, expected.length)
                            .mapToDouble(i -> probabilities[i])
                            .sum())
                    .isCloseTo(1, within(1e-5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsDoNotDisturbEachOther(Cell cell) {
        // Given
        ClassifierShape shape = new ClassifierShape(31, 8, 12, 3, 2, cell, 12, 1, true, Pooling.MEAN, 4);
        RecurrentClassifier classifier = classifier(shape);
        float[][] expected = new float[64][4];
        for (int i = 0; i < expected.length; i++) {
            classifier.classify(normal(i, 31 * 8, 1), expected[i]);
        }

        // When, then
        IntStream.range(0, 2_000).parallel().forEach(i -> {
            float[] probabilities = new float[4];
            classifier.classify(normal(i % 64, 31 * 8, 1), probabilities);
            assertThat(probabilities).isEqualTo(expected[i % 64]);
        });
    }

    @Test
    void largeScoresDoNotOverflow() {
        float[] probabilities = new float[3];
        RecurrentClassifier.softmax(new float[] {1e30f, -1e30f, 1e30f}, probabilities);
        assertThat(probabilities).containsExactly(0.5f, 0, 0.5f);
    }

    @Test
    void refusesWhatDoesNotFit() {
        ClassifierShape shape = new ClassifierShape(9, 3, 6, 3, 4, Cell.GRU, 8, 1, false, Pooling.MAX, 2);
        assertThatThrownBy(() -> new RecurrentClassifier(shape, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(shape.parameterCount()));
        assertThatThrownBy(() -> classifier(shape).classify(new float[5], new float[2]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new ClassifierShape(9, 3, 6, 4, 4, Cell.GRU, 8, 1, false, Pooling.MAX, 2))
                .hasMessageContaining("kernel must be odd");
        assertThatThrownBy(() -> new ClassifierShape(9, 3, 6, 3, 4, Cell.GRU, 6, 1, false, Pooling.MAX, 2))
                .hasMessageContaining("hidden must be a multiple of 4");
        assertThatThrownBy(() -> new ClassifierShape(9, 3, 6, 3, 4, null, 8, 1, false, Pooling.MAX, 2))
                .hasMessageContaining("cell must be given");
    }
}
