package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.lab.data.Continuation;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Datasets;
import dev.headwater.lab.definition.DataSpec;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Activation;
import dev.headwater.lab.definition.Layer.Cell;
import dev.headwater.lab.definition.Layer.Units;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import dev.headwater.lab.definition.TrainingSpec.Updater;
import dev.headwater.lab.network.LabNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationTest {

    private static final DataFolder NONE = new DataFolder(Path.of("none"));
    private static final DataSpec.Sine SINE = new DataSpec.Sine(20);

    private final Dataset data = Datasets.load(SINE, NONE, 42);

    private static void addOne(float[] inputs, int count, float[] outputs) {
        for (int i = 0; i < count * SINE.steps(); i++) {
            outputs[i] = inputs[i] + 1;
        }
    }

    @Test
    void feedsBackWhatWasPredicted() {
        // Given a predictor that adds one, and a start of zeros
        Continuation continuation = Continuation.of(SINE, NONE);
        // When
        float[] generated = Generation.run(GenerationTest::addOne, data, continuation, 25);
        // Then each value is one more than the last
        assertThat(generated).hasSize(25);
        for (int i = 0; i < 25; i++) {
            assertThat(generated[i]).isEqualTo(i + 1);
        }
        assertThat(continuation.given()).hasSize(20).containsOnly(0);
    }

    /// Takes all values that a call predicts, as traffic does.
    private record ByHorizon(int steps) implements Continuation {

        @Override
        public float[] start() {
            return new float[steps];
        }

        @Override
        public float[] given() {
            return new float[steps];
        }

        @Override
        public float[] advance(float[] input, float[] output) {
            System.arraycopy(output, 0, input, 0, steps);
            return output.clone();
        }

        @Override
        public float[] truth(int count) {
            return new float[count];
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 1", "21, 2", "45, 3", "60, 3"})
    void generatesAsManyValuesAsAskedForWhenACallYieldsSeveral(int count, int calls) {
        // Given
        int[] called = new int[1];
        Predictor counting = (inputs, batch, outputs) -> {
            called[0]++;
            addOne(inputs, batch, outputs);
        };
        // When
        float[] generated = Generation.run(counting, data, new ByHorizon(20), count);
        // Then the last values come from the last call
        assertThat(called[0]).isEqualTo(calls);
        assertThat(generated).hasSize(count);
        assertThat(generated[0]).isEqualTo(1);
        assertThat(generated[count - 1]).isEqualTo(calls);
    }

    @Test
    void isTheSameForTheSameSeed() {
        // When
        float[] first = generated(7);
        float[] second = generated(7);
        float[] other = generated(8);
        // Then
        assertThat(second).containsExactly(first);
        assertThat(other).isNotEqualTo(first);
    }

    private float[] generated(long seed) {
        List<Layer> layers = List.of(
                new Layer.Recurrent(Cell.RNN, new Units(8, true, null, Activation.TANH, null, null, null)),
                new Layer.Dense(null, null));
        TrainingSpec training =
                new TrainingSpec(Loss.MSE, new Updater(Updater.Rule.ADAM, 0.01, null, null), 10, 1, null, null);
        float[] inputs = new float[10 * data.input().length()];
        float[] targets = new float[10 * data.target().length()];
        for (int i = 0; i < 10; i++) {
            data.train().load(i, inputs, i * 20, targets, i * 20);
        }
        try (LabNetwork network = LabNetwork.of(layers, data.input(), data.target(), training, seed)) {
            network.fit(inputs, targets, 10);
            return Generation.run(network::predict, data, Continuation.of(SINE, NONE), 50);
        }
    }
}
