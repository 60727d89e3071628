package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class TimeConvolutionLayerTest {

    private static final int BATCH = 5;
    private static final int CLASSES = 3;

    private static MultiLayerNetwork network(int frames, int width, int filters, int kernel, int stride) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.02))
                .list()
                .layer(new TimeConvolutionLayer.Builder(frames, width, filters, kernel, stride).build())
                .layer(new ActivationLayer.Builder().activation(Activation.TANH).build())
                .inputPreProcessor(2, new ColumnsToSteps())
                .layer(new GruLayer.Builder().nOut(4).build())
                .layer(new AttentionPoolingLayer.Builder().build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward((long) frames * width))
                .build());
        network.init();
        return network;
    }

    private static INDArray normal(long seed, int columns) {
        Random random = new Random(seed);
        float[] values = new float[BATCH * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape('c', BATCH, columns);
    }

    /// Frames, and labels that are shares, as with label smoothing.
    private static DataSet data(int columns) {
        INDArray labels = Nd4j.createFromArray(
                new float[][] {{0.9f, 0.05f, 0.05f}, {0, 1, 0}, {0, 0, 1}, {0.3f, 0.3f, 0.4f}, {1, 0, 0}});
        return new DataSet(normal(1, columns), labels);
    }

    @ParameterizedTest
    @CsvSource({"9, 3, 6, 3, 1", "10, 2, 5, 5, 2", "4, 7, 17, 1, 3", "3, 1, 16, 7, 2"})
    void gradientsAgreeWithCentralDifferences(int frames, int width, int filters, int kernel, int stride) {
        // Given convolution, GRU and attention, whose scores are no longer zero
        MultiLayerNetwork network = network(frames, width, filters, kernel, stride);
        DataSet data = data(frames * width);
        for (int i = 0; i < 10; i++) {
            network.fit(data);
        }
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data, 1);
    }

    @ParameterizedTest
    @CsvSource({"9, 3, 6, 3, 1", "10, 2, 5, 5, 2", "4, 7, 17, 1, 3", "3, 1, 16, 7, 2", "124, 40, 64, 5, 2"})
    void isTheSumOverTheKernelWithZerosBeyondTheEnds(int frames, int width, int filters, int kernel, int stride) {
        // Given
        MultiLayerNetwork network = network(frames, width, filters, kernel, stride);
        network.getLayer(0).getParam("b").assign(Nd4j.linspace(-1, 1, filters).reshape(1, filters));
        INDArray input = normal(2, frames * width);
        float[] x = Floats.of(input);
        float[] weights = Floats.of(network.getLayer(0).getParam("W"));
        float[] bias = Floats.of(network.getLayer(0).getParam("b"));

        // When
        INDArray out = network.feedForwardToLayer(0, input).get(1);

        // Then
        for (int b = 0; b < BATCH; b++) {
            for (int filter = 0; filter < filters; filter++) {
                for (int step = 0; step < out.size(2); step++) {
                    double sum = bias[filter];
                    for (int k = 0; k < kernel; k++) {
                        int frame = step * stride + k - kernel / 2;
                        for (int i = 0; frame >= 0 && frame < frames && i < width; i++) {
                            sum += weights[(filter * kernel + k) * width + i] * x[(b * frames + frame) * width + i];
                        }
                    }
                    assertThat(out.getDouble(b, filter, step, 0)).isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @Test
    void survivesSaveAndRestore() throws IOException {
        // Given
        MultiLayerNetwork network = network(10, 2, 5, 5, 2);
        DataSet data = data(20);
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
    void mustBeTheFirstLayer() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ActivationLayer.Builder().activation(Activation.TANH).build())
                .layer(new TimeConvolutionLayer.Builder(10, 2, 5, 5, 2)
                        .name("late")
                        .build())
                .build());
        assertThatThrownBy(network::init)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("late");
    }
}
