package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class ScaledIdentityTest {

    private static final int IN = 3;
    private static final int BATCH = 5;

    /// One layer; an `RnnOutputLayer` when there are steps.
    private static MultiLayerNetwork network(IActivation activation, LossKind kind, int steps) {
        MeanLoss loss = new MeanLoss(kind, Math.max(1, steps));
        BaseOutputLayer.Builder<?> layer =
                steps == 0 ? new OutputLayer.Builder(loss) : new RnnOutputLayer.Builder(loss);
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(1e-3))
                .list()
                .layer(layer.nOut(2).activation(activation).build())
                .setInputType(steps == 0 ? InputType.feedForward(IN) : InputType.recurrent(IN, steps))
                .build());
        network.init();
        return network;
    }

    private static INDArray random(long seed, long... shape) {
        Random random = new Random(seed);
        INDArray array = Nd4j.createUninitialized(shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian());
        }
        return array;
    }

    private static DataSet data(int steps) {
        return steps == 0
                ? new DataSet(random(1, BATCH, IN), random(2, BATCH, 2))
                : new DataSet(random(1, BATCH, IN, steps), random(2, BATCH, 2, steps));
    }

    @Test
    void multipliesByTheFactor() {
        // Given the same network with and without a scale
        DataSet data = data(0);
        float[] plain = Floats.of(
                network(new ActivationIdentity(), LossKind.SQUARED_ERROR, 0).output(data.getFeatures(), false));
        // When
        float[] scaled = Floats.of(
                network(new ScaledIdentity(100), LossKind.SQUARED_ERROR, 0).output(data.getFeatures(), false));
        // Then
        for (int i = 0; i < plain.length; i++) {
            assertThat(scaled[i]).isCloseTo(100 * plain[i], within(1e-3f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, SQUARED_ERROR, 0",
        "2.5, SQUARED_ERROR, 4",
        "2.5, HUBER, 0",
        "-0.5, SQUARED_ERROR, 0",
        "2.5, ROOT_SQUARED_ERROR, 0"
    })
    void passesOnTheGradientTimesTheFactor(double factor, LossKind kind, int steps) {
        Gradients.check(network(new ScaledIdentity(factor), kind, steps), data(steps), 1);
    }

    @Test
    void anUpdateIsThatOfAPlainComputation() {
        // Given a network whose output is multiplied by 100
        MultiLayerNetwork network = network(new ScaledIdentity(100), LossKind.SQUARED_ERROR, 0);
        DataSet data = data(0);
        float[] before = Floats.of(network.params());
        float[] x = Floats.of(data.getFeatures()); // [batch][in]
        float[] y = Floats.of(data.getLabels()); // [batch][2]

        // When
        network.fit(data);

        // Then each weight moved by the mean of 2 * error * 100 * x over batch and width, times the rate
        float[] after = Floats.of(network.params());
        for (int o = 0; o < 2; o++) {
            double[] slope = new double[IN];
            for (int b = 0; b < BATCH; b++) {
                double output = 0;
                for (int i = 0; i < IN; i++) {
                    output += 100 * before[o * IN + i] * x[b * IN + i]; // DL4J's weights [IN, 2] lie in f order
                }
                for (int i = 0; i < IN; i++) {
                    slope[i] += 2 * (output - y[b * 2 + o]) * 100 * x[b * IN + i] / (BATCH * 2);
                }
            }
            for (int i = 0; i < IN; i++) {
                double moved = before[o * IN + i] - after[o * IN + i];
                assertThat(moved).isCloseTo(1e-3 * slope[i], within(1e-4 * (1 + Math.abs(slope[i]) * 1e-3)));
            }
        }
    }

    @Test
    void survivesJson() {
        // Given a network's configuration
        MultiLayerConfiguration configuration =
                network(new ScaledIdentity(100), LossKind.HUBER, 0).getLayerWiseConfigurations();
        // When it is written and read, then it is the same, and not that of another factor
        assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
        assertThat(new ScaledIdentity(100)).isEqualTo(new ScaledIdentity(100)).isNotEqualTo(new ScaledIdentity(10));
    }
}
