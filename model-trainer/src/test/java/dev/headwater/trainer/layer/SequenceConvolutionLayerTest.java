package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class SequenceConvolutionLayerTest {

    private static final int BATCH = 5;
    private static final int WIDTH = 3;

    private static SequenceConvolutionLayer layer(int filters, int kernel, Activation activation) {
        return new SequenceConvolutionLayer.Builder(kernel)
                .nOut(filters)
                .activation(activation)
                .build();
    }

    /// Two convolutions, the second of which passes its gradient on to the first.
    private static MultiLayerNetwork network(int steps, int kernel, Activation activation) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.02))
                .biasInit(0.1)
                .list()
                .layer(layer(5, kernel, activation))
                .layer(layer(4, 2, activation))
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new OutputLayer.Builder(new MeanLoss(LossKind.SQUARED_ERROR, 1))
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(WIDTH, steps))
                .build());
        network.init();
        return network;
    }

    private static DataSet data(int steps) {
        Nd4j.getRandom().setSeed(7);
        return new DataSet(Nd4j.randn(BATCH, WIDTH, steps), Nd4j.randn(BATCH, 1).muli(3));
    }

    @ParameterizedTest
    @CsvSource({"9, 3", "2, 1", "40, 24"})
    void gradientsAgreeWithCentralDifferences(int steps, int kernel) {
        // Given a network whose activation has a slope everywhere
        MultiLayerNetwork network = network(steps, kernel, Activation.TANH);
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data(steps), 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"RELU", "IDENTITY"})
    void isTheSumOverTheKernel(Activation activation) {
        // Given
        int steps = 9;
        MultiLayerNetwork network = network(steps, 3, activation);
        INDArray x = data(steps).getFeatures();
        INDArray weights = network.getLayer(0).getParam("W");

        // When
        INDArray out = network.feedForwardToLayer(0, x).get(1);

        // Then
        assertThat(out.shape()).containsExactly(BATCH, 5, 7);
        for (int b = 0; b < BATCH; b++) {
            for (int filter = 0; filter < 5; filter++) {
                for (int step = 0; step < 7; step++) {
                    double sum = 0.1;
                    for (int i = 0; i < 3 * WIDTH; i++) {
                        sum += weights.getDouble(filter, i) * x.getDouble(b, i / 3, step + i % 3);
                    }
                    double expected = activation == Activation.RELU ? Math.max(0, sum) : sum;
                    assertThat(out.getDouble(b, filter, step)).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @Test
    void hasAsManyParametersAsInKeras() {
        // Given kernels of 3 and 2 steps, when parameters are counted, then each filter has a bias
        assertThat(network(9, 3, Activation.RELU).numParams()).isEqualTo(5 * (3 * 3 + 1) + 4 * (2 * 5 + 1) + 5);
    }

    @Test
    void learns() {
        // Given
        MultiLayerNetwork network = network(20, 5, Activation.RELU);
        DataSet data = data(20);
        double before = network.score(data);
        // When
        for (int i = 0; i < 100; i++) {
            network.fit(data);
        }
        // Then
        assertThat(network.score(data)).isLessThan(0.2 * before);
    }

    @Test
    void survivesSaveAndRestore() throws IOException {
        // Given
        MultiLayerNetwork network = network(9, 3, Activation.RELU);
        DataSet data = data(9);
        network.fit(data);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);

        // When
        MultiLayerNetwork back =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()), true);

        // Then
        assertThat(back.output(data.getFeatures())).isEqualTo(network.output(data.getFeatures()));
    }

    @Test
    void refusesSequencesShorterThanTheKernel() {
        assertThatThrownBy(() -> network(6, 7, Activation.RELU))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least the kernel's 7 steps, found 6");
    }
}
