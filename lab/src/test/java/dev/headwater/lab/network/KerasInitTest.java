package dev.headwater.lab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Cell;
import dev.headwater.lab.definition.Layer.Units;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import dev.headwater.lab.definition.TrainingSpec.Updater;
import dev.headwater.trainer.layer.Floats;
import dev.headwater.trainer.layer.KernelLayers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class KerasInitTest {

    private static final int INPUTS = 14;
    private static final int UNITS = 16;

    /// A parameter in row-major order.
    private record Matrix(int rows, int columns, float[] values) {

        float at(int row, int column) {
            return values[row * columns + column];
        }
    }

    /// Fresh parameters by DL4J's keys, such as `0_RW`.
    private static Map<String, Matrix> drawn(Shape input, Layer... layers) {
        TrainingSpec training =
                new TrainingSpec(Loss.MSE, new Updater(Updater.Rule.SGD, 1, null, null), 1, 1, null, null);
        NetworkBuilder builder = new NetworkBuilder(List.of(layers), input, new Shape(1, 1), training, 5);
        MultiLayerNetwork network = new MultiLayerNetwork(builder.configuration());
        network.init();
        KerasInit.draw(network, builder.built(), 5);
        Map<String, Matrix> parameters = new LinkedHashMap<>();
        network.paramTable().forEach((key, array) -> parameters.put(key, matrix(array)));
        KernelLayers.close(network);
        return parameters;
    }

    private static Matrix matrix(INDArray array) {
        return new Matrix(
                (int) array.size(0), (int) array.size(1), Floats.of(array).clone());
    }

    private static Layer recurrent(Cell cell, Boolean bidirectional, Boolean orthogonal) {
        return new Layer.Recurrent(cell, new Units(UNITS, null, bidirectional, null, null, null, orthogonal));
    }

    private static Matrix matrix(Map<String, Matrix> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), () -> key + " is not in " + parameters.keySet());
    }

    /// Uniform within the limit: none is beyond it, some come near, and the deviation is that of a uniform
    /// distribution.
    private static void assertUniform(Matrix matrix, double limit) {
        double squares = 0;
        double largest = 0;
        for (float value : matrix.values) {
            squares += (double) value * value;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isLessThanOrEqualTo(limit * (1 + 1e-6)).isGreaterThan(0.9 * limit);
        assertThat(Math.sqrt(squares / matrix.values.length)).isCloseTo(limit / Math.sqrt(3), within(0.1 * limit));
    }

    private static void assertOrthonormalColumns(Matrix matrix) {
        for (int a = 0; a < matrix.columns; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int row = 0; row < matrix.rows; row++) {
                    product += (double) matrix.at(row, a) * matrix.at(row, b);
                }
                assertThat(product).as("columns %d and %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void recurrentWeightsAreOrthogonalAndTheOthersUniform(Cell cell) {
        // Given
        int gates = switch (cell) {
            case RNN -> 1;
            case GRU -> 3;
            case LSTM -> 4;
        };
        // When
        Map<String, Matrix> parameters =
                drawn(new Shape(6, INPUTS), recurrent(cell, null, null), new Layer.Dense(1, null));
        // Then
        Matrix recurrent = matrix(parameters, "0_RW");
        assertThat(recurrent.rows).isEqualTo(gates * UNITS);
        assertThat(recurrent.columns).isEqualTo(UNITS);
        assertOrthonormalColumns(recurrent);
        assertUniform(matrix(parameters, "0_W"), Math.sqrt(6.0 / (INPUTS + gates * UNITS)));
        assertUniform(matrix(parameters, "1_W"), Math.sqrt(6.0 / (UNITS + 1)));
        assertThat(matrix(parameters, "1_b").values).containsOnly(0);
    }

    @Test
    void onlyTheForgetGateOfAnLstmHasABias() {
        // When
        Map<String, Matrix> lstm =
                drawn(new Shape(6, INPUTS), recurrent(Cell.LSTM, null, null), new Layer.Dense(1, null));
        Map<String, Matrix> gru =
                drawn(new Shape(6, INPUTS), recurrent(Cell.GRU, null, null), new Layer.Dense(1, null));
        Map<String, Matrix> rnn =
                drawn(new Shape(6, INPUTS), recurrent(Cell.RNN, null, null), new Layer.Dense(1, null));
        // Then gates lie in the order input, forget, candidate, output
        float[] bias = matrix(lstm, "0_b").values;
        assertThat(Arrays.copyOfRange(bias, 0, UNITS)).containsOnly(0);
        assertThat(Arrays.copyOfRange(bias, UNITS, 2 * UNITS)).containsOnly(1);
        assertThat(Arrays.copyOfRange(bias, 2 * UNITS, 4 * UNITS))
                .hasSize(2 * UNITS)
                .containsOnly(0);
        assertThat(matrix(gru, "0_b").values).containsOnly(0);
        assertThat(matrix(gru, "0_rb").values).containsOnly(0);
        assertThat(matrix(rnn, "0_b").values).containsOnly(0);
    }

    @Test
    void bothDirectionsAreDrawnAlikeButNotTheSame() {
        // When
        Map<String, Matrix> both =
                drawn(new Shape(6, INPUTS), recurrent(Cell.LSTM, true, null), new Layer.Dense(1, null));
        // Then
        for (String direction : List.of("f", "b")) {
            assertOrthonormalColumns(matrix(both, "0_" + direction + "RW"));
            assertUniform(matrix(both, "0_" + direction + "W"), Math.sqrt(6.0 / (INPUTS + 4 * UNITS)));
            float[] bias = matrix(both, "0_" + direction + "b").values;
            assertThat(Arrays.copyOfRange(bias, UNITS, 2 * UNITS)).containsOnly(1);
        }
        assertThat(matrix(both, "0_fW").values).isNotEqualTo(matrix(both, "0_bW").values);
        assertThat(matrix(both, "0_fRW").values).isNotEqualTo(matrix(both, "0_bRW").values);
    }

    @Test
    void recurrentWeightsAreUniformWhereTheRowSaysSo() {
        // When
        Map<String, Matrix> plain =
                drawn(new Shape(6, INPUTS), recurrent(Cell.RNN, null, false), new Layer.Dense(1, null));
        // Then
        assertUniform(matrix(plain, "0_RW"), Math.sqrt(6.0 / (2 * UNITS)));
    }

    @Test
    void convolutionsAndEmbeddingsAreUniform() {
        // When
        Map<String, Matrix> parameters = drawn(
                new Shape(20, 1),
                new Layer.Embedding(50, 8),
                new Layer.Convolution(32, 7, null),
                new Layer.GlobalMaxPooling(),
                new Layer.Dense(1, null));
        // Then fans of a convolution count the kernel's steps
        assertUniform(matrix(parameters, "0_W"), 0.05);
        assertUniform(matrix(parameters, "1_W"), Math.sqrt(6.0 / (7 * 8 + 7 * 32)));
        assertThat(matrix(parameters, "1_b").values).containsOnly(0);
    }
}
