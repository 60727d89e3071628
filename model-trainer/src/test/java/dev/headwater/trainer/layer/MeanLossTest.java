package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class MeanLossTest {

    private static final int IN = 3;
    private static final int OUT = 2;

    /// One linear layer with an activation: an `RnnOutputLayer` when there are steps.
    private static MultiLayerNetwork network(LossKind kind, int steps) {
        Activation activation = switch (kind) {
            case SQUARED_ERROR, ABSOLUTE_ERROR, HUBER -> Activation.IDENTITY;
            case ROOT_SQUARED_ERROR -> Activation.TANH;
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CROSS_ENTROPY -> Activation.SOFTMAX;
        };
        MeanLoss loss = new MeanLoss(kind, Math.max(1, steps));
        BaseOutputLayer.Builder<?> layer =
                steps == 0 ? new OutputLayer.Builder(loss) : new RnnOutputLayer.Builder(loss);
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(1))
                .list()
                .layer(layer.nOut(OUT).activation(activation).build())
                .setInputType(steps == 0 ? InputType.feedForward(IN) : InputType.recurrent(IN, steps))
                .build());
        network.init();
        return network;
    }

    /// Rows `[batch, width]`, or sequences `[batch, width, steps]`. The labels are shares of the two classes.
    private static DataSet data(int batch, int steps) {
        Random random = new Random(batch);
        int each = Math.max(1, steps);
        INDArray features = Nd4j.createUninitialized(batch, IN, each);
        INDArray labels = Nd4j.createUninitialized(batch, OUT, each);
        for (int b = 0; b < batch; b++) {
            for (int step = 0; step < each; step++) {
                for (int i = 0; i < IN; i++) {
                    features.putScalar(b, i, step, 2 * random.nextGaussian());
                }
                float share = random.nextFloat();
                labels.putScalar(b, 0, step, share);
                labels.putScalar(b, 1, step, 1 - share);
            }
        }
        return steps == 0
                ? new DataSet(features.reshape(batch, IN), labels.reshape(batch, OUT))
                : new DataSet(features, labels);
    }

    /// The loss as its definition says, from double-precision scores.
    private static double plainLoss(LossKind kind, double[] parameters, DataSet data) {
        float[] x = byStep(data.getFeatures()); // [row][IN]
        float[] y = byStep(data.getLabels()); // [row][OUT]
        int rows = x.length / IN;
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double[] z = new double[OUT];
            for (int o = 0; o < OUT; o++) {
                z[o] = parameters[IN * OUT + o];
                for (int i = 0; i < IN; i++) {
                    z[o] += x[row * IN + i] * parameters[o * IN + i]; // DL4J's weights [IN, OUT] lie in f order
                }
            }
            sum += plainRow(kind, z, y[row * OUT], y[row * OUT + 1]);
        }
        double mean = sum / rows;
        return kind == LossKind.ROOT_SQUARED_ERROR ? Math.sqrt(mean) : mean;
    }

    private static double plainRow(LossKind kind, double[] z, double y0, double y1) {
        return switch (kind) {
            case SQUARED_ERROR -> (Math.pow(z[0] - y0, 2) + Math.pow(z[1] - y1, 2)) / 2;
            case ROOT_SQUARED_ERROR -> (Math.pow(Math.tanh(z[0]) - y0, 2) + Math.pow(Math.tanh(z[1]) - y1, 2)) / 2;
            case ABSOLUTE_ERROR -> (Math.abs(z[0] - y0) + Math.abs(z[1] - y1)) / 2;
            case HUBER -> (plainHuber(z[0] - y0) + plainHuber(z[1] - y1)) / 2;
            case BINARY_CROSS_ENTROPY -> (plainBinary(z[0], y0) + plainBinary(z[1], y1)) / 2;
            case CROSS_ENTROPY -> {
                double all = Math.exp(z[0]) + Math.exp(z[1]);
                yield -y0 * Math.log(Math.exp(z[0]) / all) - y1 * Math.log(Math.exp(z[1]) / all);
            }
        };
    }

    private static double plainHuber(double error) {
        return Math.abs(error) < 1 ? 0.5 * error * error : Math.abs(error) - 0.5;
    }

    private static double plainBinary(double z, double y) {
        double p = 1 / (1 + Math.exp(-z));
        return -y * Math.log(p) - (1 - y) * Math.log(1 - p);
    }

    private static float[] byStep(INDArray array) {
        return array.rank() == 2 ? Floats.of(array) : Floats.of(array.permute(0, 2, 1));
    }

    private static double[] doubles(INDArray flat) {
        return flat.dup().data().asDouble();
    }

    static List<Arguments> kindsAndSteps() {
        List<Arguments> all = new ArrayList<>();
        for (LossKind kind : LossKind.values()) {
            for (int steps : new int[] {0, 1, 4}) {
                all.add(Arguments.of(kind, steps));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("kindsAndSteps")
    void scoreIsTheMeanOverBatchStepsAndWidth(LossKind kind, int steps) {
        // Given a full batch and a ragged last one
        MultiLayerNetwork network = network(kind, steps);
        for (int batch : new int[] {5, 3}) {
            DataSet data = data(batch, steps);
            // When it is scored, then the score is the plain mean
            assertThat(network.score(data, false))
                    .isCloseTo(plainLoss(kind, doubles(network.params()), data), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSteps")
    void anUpdateWithRateOneMovesByTheGradientOfTheMean(LossKind kind, int steps) {
        // Given a full batch and a ragged last one
        MultiLayerNetwork network = network(kind, steps);
        for (int batch : new int[] {5, 3}) {
            DataSet data = data(batch, steps);
            double[] before = doubles(network.params());

            // When
            network.fit(data);

            // Then
            double[] after = doubles(network.params());
            for (int i = 0; i < before.length; i++) {
                double numeric = numericGradient(kind, before, data, i);
                assertThat(before[i] - after[i]).as("parameter %d", i).isCloseTo(numeric, within(1e-5));
            }
        }
    }

    private static double numericGradient(LossKind kind, double[] at, DataSet data, int index) {
        double[] up = at.clone();
        double[] down = at.clone();
        up[index] += 1e-6;
        down[index] -= 1e-6;
        return (plainLoss(kind, up, data) - plainLoss(kind, down, data)) / 2e-6;
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void examplesScoreTheirOwnMeans(LossKind kind) {
        // Given
        MultiLayerNetwork network = network(kind, 1);
        DataSet data = data(5, 1);
        // When
        INDArray scores = network.scoreExamples(data, false);
        // Then
        for (int b = 0; b < 5; b++) {
            double expected = plainLoss(kind, doubles(network.params()), (DataSet) data.getRange(b, b + 1));
            assertThat(scores.getDouble(b)).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void survivesJson() {
        // Given a network's configuration
        MultiLayerConfiguration configuration = network(LossKind.HUBER, 4).getLayerWiseConfigurations();
        // When it is written and read, then it is the same
        assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    }

    @Test
    void isFiniteWhereProbabilitiesRoundToZero() {
        // Given a score of 200 for the wrong class
        INDArray scores = Nd4j.createFromArray(new float[][] {{200, 0}});
        INDArray labels = Nd4j.createFromArray(new float[][] {{0, 1}});
        MeanLoss loss = new MeanLoss(LossKind.CROSS_ENTROPY, 1);
        // When the loss is computed, then it is the difference of the scores
        assertThat(loss.computeScore(labels, scores, Activation.SOFTMAX.getActivationFunction(), null, true))
                .isCloseTo(200, within(1e-5));
    }

    @Test
    void refusesAnotherActivationAndTargetsOfOtherLengths() {
        // Given a loss that includes a sigmoid, and one for four steps
        INDArray rows = Nd4j.ones(6, 2);
        MeanLoss binary = new MeanLoss(LossKind.BINARY_CROSS_ENTROPY, 1);
        MeanLoss four = new MeanLoss(LossKind.HUBER, 4);
        // When they get an identity, or 6 rows, then they refuse
        assertThatThrownBy(
                        () -> binary.computeScore(rows, rows, Activation.IDENTITY.getActivationFunction(), null, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ActivationSigmoid");
        assertThatThrownBy(() -> four.computeGradient(rows, rows, Activation.IDENTITY.getActivationFunction(), null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("4 steps");
    }
}
