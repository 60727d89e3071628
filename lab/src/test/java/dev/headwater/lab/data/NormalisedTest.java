package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.lab.data.LabData.Example;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalisedTest {

    private static final int STEPS = 4;
    private static final int WIDTH = 3;

    /// @param inputs `[example][step * WIDTH + column]`; the target is the first value
    private record Table(float[][] inputs) implements Examples {

        @Override
        public int size() {
            return inputs.length;
        }

        @Override
        public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
            System.arraycopy(inputs[example], 0, input, inputAt, STEPS * WIDTH);
            target[targetAt] = inputs[example][0];
        }
    }

    private static float[][] random(int size, long seed) {
        Random random = new Random(seed);
        float[][] inputs = new float[size][STEPS * WIDTH];
        for (float[] input : inputs) {
            for (int i = 0; i < input.length; i++) {
                input[i] = i % WIDTH == 2 ? 7 : (float) (1_000 * (i % WIDTH) + 10 * random.nextGaussian());
            }
        }
        return inputs;
    }

    private static Dataset data(float[][] train, float[][] test) {
        Baseline last =
                (input, inputAt, output, outputAt) -> output[outputAt] = input[inputAt + (STEPS - 1) * WIDTH + 1];
        return new Dataset(
                "table",
                false,
                new Shape(STEPS, WIDTH),
                new Shape(1, 1),
                new Table(train),
                new Table(test),
                new Table(test),
                last,
                List.of(),
                1,
                "");
    }

    @Test
    void givesEachColumnMeanNoughtAndDeviationOneOverTheTrainingPart() {
        // Given
        Dataset raw = data(random(200, 1), random(20, 2));
        // When
        Dataset data = Normalised.of(raw);
        // Then
        double[] sums = new double[WIDTH];
        double[] squares = new double[WIDTH];
        for (int e = 0; e < 200; e++) {
            float[] input = LabData.example(data, data.train(), e).input();
            for (int i = 0; i < input.length; i++) {
                sums[i % WIDTH] += input[i] / (200.0 * STEPS);
                squares[i % WIDTH] += input[i] * input[i] / (200.0 * STEPS);
            }
        }
        assertThat(sums).containsExactly(new double[] {0, 0, 0}, within(1e-4));
        assertThat(squares).containsExactly(new double[] {1, 1, 0}, within(1e-4)); // the last column never varies
    }

    @Test
    void leavesTargetsAndBaselineAsTheyAre() {
        // Given
        float[][] test = random(5, 3);
        Dataset raw = data(random(50, 1), test);
        // When
        Dataset data = Normalised.of(raw);
        Example example = LabData.example(data, data.test(), 4);
        // Then
        assertThat(example.target()).containsExactly(test[4][0]);
        assertThat(LabData.naive(data, example.input())[0]).isEqualTo(test[4][3 * WIDTH + 1], within(1e-3f));
    }
}
