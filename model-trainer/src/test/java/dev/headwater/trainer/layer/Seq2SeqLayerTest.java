package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.Seq2SeqGru;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Seq2SeqNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class Seq2SeqLayerTest {

    private static final Seq2SeqShape SHAPE = new Seq2SeqShape(
            4, 3, 5, 2, 8, List.of(new Seq2SeqShape.Embedding("a", 3, 2), new Seq2SeqShape.Embedding("b", 2, 3)));

    private static MultiLayerNetwork network(double weightDecay) {
        TrainingSettings settings = TrainingSettings.DEFAULT.with(Map.of(
                "hidden",
                "8",
                "embedding",
                "2",
                "learningRate",
                "0.01",
                "weightDecay",
                String.valueOf(weightDecay),
                "seed",
                "3"));
        return Seq2SeqNetwork.of(SHAPE, settings, new OneCycleSchedule(0.01, 100));
    }

    /// Packed windows `[count][row length]`.
    private static float[] rows(int count) {
        Random random = new Random(11);
        float[] rows = new float[count * SHAPE.rowLength()];
        for (int w = 0; w < count; w++) {
            int at = w * SHAPE.rowLength();
            for (int i = 0; i < SHAPE.idsOffset(); i++) {
                rows[at + i] = (float) random.nextGaussian();
            }
            rows[at + SHAPE.idsOffset()] = random.nextInt(3);
            rows[at + SHAPE.idsOffset() + 1] = random.nextInt(2);
            rows[at + SHAPE.baseOffset()] = 50 + random.nextInt(20);
            rows[at + SHAPE.scaleOffset()] = 10;
        }
        return rows;
    }

    private static INDArray matrix(float[] values, int rows) {
        return Nd4j.createFromArray(values).reshape('c', rows, values.length / rows);
    }

    /// Windows whose truths differ from a fresh network's forecasts, a third of them missing.
    private static DataSet data(int count) {
        Random random = new Random(12);
        float[] truths = new float[count * SHAPE.horizon()];
        float[] mask = new float[truths.length];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = random.nextBoolean() ? 30 : 90;
            mask[i] = random.nextInt(3) == 0 ? 0 : 1;
        }
        return new DataSet(matrix(rows(count), count), matrix(truths, count), null, matrix(mask, count));
    }

    @Test
    void forecastsAsTheServingKernelDoes() {
        // Given a network and 70 windows, more than one tile
        MultiLayerNetwork network = network(0);
        float[] expected = new float[70 * SHAPE.horizon()];
        new Seq2SeqGru(SHAPE, Floats.of(network.params())).forward(rows(70), 0, 70, expected, 0);
        // When they go through DL4J, as they are and with other strides
        float[] actual = Floats.of(network.output(matrix(rows(70), 70)));
        float[] strided = Floats.of(network.output(matrix(rows(70), 70).dup('f')));
        // Then the forecasts are the same to the bit
        assertThat(actual).containsExactly(expected);
        assertThat(strided).containsExactly(expected);
    }

    @Test
    void drawsParametersFromTheSeed() {
        // When a network is built, then its parameters are the shape's own
        assertThat(Floats.of(network(0).params())).containsExactly(SHAPE.initialise(3));
    }

    @Test
    void gradientsAgreeWithCentralDifferences() {
        // Given truths of which a third are masked; no weight decay, because the gradients exclude it
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network(0), data(7), 7);
    }

    @Test
    void maskedTruthsDoNotMatter() {
        // Given the same data with nonsense where it is masked
        DataSet plain = data(9);
        DataSet nonsense = data(9);
        nonsense.getLabels().addi(nonsense.getLabelsMaskArray().rsub(1).muli(1e6));
        // When gradients are taken, then they are the same
        MultiLayerNetwork network = network(0);
        assertThat(Gradients.analytic(network, nonsense)).containsExactly(Gradients.analytic(network, plain));
    }

    @Test
    void decaysWeightsButNotBiases() {
        // Given a network with strong decay, and a window whose truths are all masked, so that only the decay
        // changes parameters
        MultiLayerNetwork network = network(1);
        float[] before = Floats.of(network.params());
        DataSet data = data(1);
        data.getLabelsMaskArray().assign(0);
        // When it is fitted once
        network.fit(data);
        // Then biases stay and weights shrink
        float[] after = Floats.of(network.params());
        for (Seq2SeqShape.Tensor tensor : SHAPE.tensors()) {
            int at = tensor.offset();
            if (tensor.name().contains("bias")) {
                assertThat(after[at]).as(tensor.name()).isEqualTo(before[at]);
            } else {
                assertThat(Math.abs(after[at])).as(tensor.name()).isLessThan(Math.abs(before[at]));
            }
        }
    }

    @Test
    void survivesSaveAndRestore() throws IOException {
        // Given a network fitted once
        MultiLayerNetwork network = network(0.01);
        network.fit(data(20));
        // When it is saved and restored
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        // Then configuration and forecasts are the same, and so they are after one more update
        assertThat(restored.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
        INDArray input = data(20).getFeatures();
        assertThat(Floats.of(restored.output(input))).containsExactly(Floats.of(network.output(input)));
        network.fit(data(20));
        restored.fit(data(20));
        assertThat(Floats.of(restored.params())).containsExactly(Floats.of(network.params()));
    }

    @Test
    void worksAgainAfterItWasClosed() {
        // Given a layer whose threads were ended
        MultiLayerNetwork network = network(0);
        INDArray input = data(3).getFeatures();
        float[] before = Floats.of(network.output(input));
        network.getLayer(0).close();
        // When it is used again, then it gives the same
        assertThat(Floats.of(network.output(input))).containsExactly(before);
    }

    @Test
    void refusesToFollowAnotherLayer() {
        // Given a network that begins with another layer
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(SHAPE.rowLength()).build())
                .layer(new Seq2SeqLayer.Builder(SHAPE).name("seq2seq").build())
                .build();
        // When it is built, then the message says what is wrong
        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layer seq2seq: a Seq2SeqLayer must be layer 0, found as layer 1");
    }
}
