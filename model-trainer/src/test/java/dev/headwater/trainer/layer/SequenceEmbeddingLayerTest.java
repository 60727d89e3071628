package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SequenceEmbeddingLayerTest {

    private static final int BATCH = 4;
    private static final int STEPS = 6;
    private static final int WORDS = 7;
    private static final int WIDTH = 3;

    private static MultiLayerNetwork network(InputType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .list()
                .layer(new SequenceEmbeddingLayer.Builder()
                        .nIn(WORDS)
                        .nOut(WIDTH)
                        .weightInit(new UniformDistribution(-0.05, 0.05))
                        .build())
                .layer(new SequenceConvolutionLayer.Builder(2).nOut(3).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new OutputLayer.Builder(new MeanLoss(LossKind.SQUARED_ERROR, 1))
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(type)
                .build());
        network.init();
        return network;
    }

    /// Each word occurs several times, or never.
    private static float[] ids() {
        float[] ids = new float[BATCH * STEPS];
        IntStream.range(0, ids.length).forEach(i -> ids[i] = i * i % WORDS);
        return ids;
    }

    private static DataSet data() {
        Nd4j.getRandom().setSeed(7);
        INDArray labels = Nd4j.randn(BATCH, 2).muli(3);
        return new DataSet(Nd4j.createFromArray(ids()).reshape('c', BATCH, STEPS), labels);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesTheRowOfEachId(boolean threeAxes) {
        // Given ids as [batch, steps] or [batch, 1, steps]
        MultiLayerNetwork network = network(threeAxes ? InputType.recurrent(1, STEPS) : InputType.feedForward(STEPS));
        INDArray rows = data().getFeatures();
        INDArray x = threeAxes ? rows.reshape('c', BATCH, 1, STEPS) : rows;
        INDArray table = network.getLayer(0).getParam("W");

        // When
        INDArray out = network.feedForwardToLayer(0, x).get(1);

        // Then
        assertThat(table.shape()).containsExactly(WORDS, WIDTH);
        assertThat(table.amaxNumber().floatValue()).isBetween(0.03f, 0.05f);
        assertThat(out.shape()).containsExactly(BATCH, WIDTH, STEPS);
        for (int at = 0; at < BATCH * STEPS; at++) {
            for (int i = 0; i < WIDTH; i++) {
                assertThat(out.getFloat(at / STEPS, i, at % STEPS)).isEqualTo(table.getFloat((int) ids()[at], i));
            }
        }
    }

    @Test
    void gradientsAgreeWithCentralDifferences() {
        // Given a network, when gradients are compared with differences of the score, then they agree
        Gradients.check(network(InputType.feedForward(STEPS)), data(), 1);
    }

    @Test
    void survivesSaveAndRestore() throws IOException {
        // Given
        MultiLayerNetwork network = network(InputType.feedForward(STEPS));
        DataSet data = data();
        network.fit(data);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, saved, true);

        // When
        MultiLayerNetwork back =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()), true);

        // Then
        assertThat(back.output(data.getFeatures())).isEqualTo(network.output(data.getFeatures()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, WORDS})
    void refusesIdsOutOfRange(int id) {
        // Given
        MultiLayerNetwork network = network(InputType.feedForward(STEPS));
        INDArray x = Nd4j.zeros(1, STEPS).putScalar(0, 2, id);
        // When such an id is embedded, then the layer names it
        assertThatThrownBy(() -> network.output(x))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("from 0 to 6, found " + id);
    }

    @Test
    void refusesWideSequences() {
        assertThatThrownBy(() -> network(InputType.recurrent(2, STEPS)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[batch, 1, steps]");
    }
}
