package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GruLayerTest {

    private static final int INPUTS = 3;
    private static final int UNITS = 8;
    private static final int OUTPUTS = 2;
    private static final int STEPS = 6;

    private static Layer gru() {
        return new GruLayer.Builder().nOut(UNITS).build();
    }

    private static NeuralNetConfiguration.ListBuilder list() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.01))
                .list();
    }

    private static MultiLayerConfiguration configuration(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        list.layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nOut(OUTPUTS)
                .build());
        return list.setInputType(InputType.recurrent(INPUTS)).build();
    }

    private static MultiLayerNetwork network(Layer... layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(layers));
        network.init();
        return network;
    }

    /// Normal values `[batch, units, steps]`.
    private static INDArray normal(long seed, int batch, int units, int steps) {
        Random random = new Random(seed);
        float[] values = new float[batch * units * steps];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape('c', batch, units, steps);
    }

    private static DataSet data(int batch) {
        return new DataSet(normal(1, batch, INPUTS, STEPS), normal(2, batch, OUTPUTS, STEPS));
    }

    private static INDArray steps(INDArray array, int from, int to) {
        INDArrayIndex all = NDArrayIndex.all();
        return array.get(all, all, NDArrayIndex.interval(from, to));
    }

    private static void assertSame(INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void gradientsAgreeWithCentralDifferences() {
        // Given a GRU as the first layer
        MultiLayerNetwork network = network(gru());
        // When its gradients are compared with differences of the score, then they agree
        Gradients.check(network, data(5), 3);
    }

    @Test
    void passesItsGradientDownFromTheMiddleOfANetwork() {
        // Given a GRU between an LSTM, which DL4J itself differentiates, and another GRU
        MultiLayerNetwork network = network(new LSTM.Builder().nOut(UNITS).build(), gru(), gru());
        // When all gradients are compared with differences of the score, then they agree
        Gradients.check(network, data(3), 11);
    }

    @Test
    void worksInsideTheWrappersOfDl4j() {
        // Given a GRU run in both directions, and one of which only the last step is used
        MultiLayerNetwork network =
                new MultiLayerNetwork(list().layer(new Bidirectional(Bidirectional.Mode.CONCAT, gru()))
                        .layer(new LastTimeStep(gru()))
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nOut(OUTPUTS)
                                .build())
                        .setInputType(InputType.recurrent(INPUTS))
                        .build());
        network.init();
        // When gradients are compared with differences of the score, then they agree
        DataSet data = new DataSet(
                normal(1, 3, INPUTS, STEPS), normal(2, 3, OUTPUTS, 1).reshape('c', 3, OUTPUTS));
        Gradients.check(network, data, 11);
    }

    @Test
    void gradientsAgreeUnderMasks() {
        // Given sequences of which steps are masked at the front, in the middle and at the end
        DataSet data = data(3);
        INDArray mask =
                Nd4j.createFromArray(new float[][] {{0, 0, 1, 1, 1, 1}, {1, 1, 0, 1, 0, 1}, {1, 1, 1, 0, 0, 0}});
        data.setFeaturesMaskArray(mask);
        data.setLabelsMaskArray(mask);
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network(gru(), gru()), data, 5);
    }

    @Test
    void carriesTheStateOverMaskedSteps() {
        // Given a sequence whose steps 2 and 3 are masked, and the same without them
        MultiLayerNetwork network = network(gru());
        INDArray input = normal(3, 1, INPUTS, STEPS);
        INDArray mask = Nd4j.createFromArray(new float[][] {{1, 1, 0, 0, 1, 1}});
        INDArray without = Nd4j.concat(2, steps(input, 0, 2), steps(input, 4, 6));
        // When both are run
        INDArray masked = network.output(input, false, mask, mask);
        INDArray shorter = network.output(without);
        // Then the later steps have the same outputs
        assertSame(steps(masked, 4, 6), steps(shorter, 2, 4), 1e-6);
    }

    @Test
    void stepByStepGivesWhatTheWholeSequenceGives() {
        // Given a sequence
        MultiLayerNetwork network = network(gru(), gru());
        INDArray input = normal(4, 2, INPUTS, STEPS);
        INDArray whole = network.output(input);
        // When it is fed in pieces, twice, the state cleared in between
        for (int round = 0; round < 2; round++) {
            network.rnnClearPreviousState();
            INDArray first = network.rnnTimeStep(steps(input, 0, 1).dup());
            INDArray rest = network.rnnTimeStep(steps(input, 1, STEPS).dup());
            // Then the pieces are the whole
            assertSame(Nd4j.concat(2, first, rest), whole, 1e-6);
        }
    }

    /// A layer with room for its gradients, to be called directly.
    private static SequenceLayerImpl bare() {
        MultiLayerNetwork network = network(gru());
        network.initGradientsView();
        return (SequenceLayerImpl) network.getLayer(0);
    }

    @Test
    void truncatedBackpropagationStopsWhereItShould() {
        // Given two layers with the same parameters
        INDArray input = normal(5, 2, INPUTS, STEPS);
        INDArray epsilon = normal(6, 2, UNITS, STEPS);
        SequenceLayerImpl whole = bare();
        SequenceLayerImpl parts = bare();
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        // When one goes back two of six steps, and the other runs these two as a segment of their own
        whole.rnnActivateUsingStoredState(input, true, true, workspaces);
        INDArray down = whole.tbpttBackpropGradient(epsilon, 2, workspaces).getSecond();
        parts.rnnActivateUsingStoredState(steps(input, 0, 4), true, true, workspaces);
        parts.rnnActivateUsingStoredState(steps(input, 4, 6), true, true, workspaces);
        INDArray segment =
                parts.tbpttBackpropGradient(steps(epsilon, 4, 6), 2, workspaces).getSecond();
        // Then the gradients are the same, and the early steps get none
        assertSame(whole.getGradientsViewArray(), parts.getGradientsViewArray(), 1e-6);
        assertSame(steps(down, 4, 6), segment, 1e-6);
        assertThat(steps(down, 0, 4).amaxNumber().doubleValue()).isZero();
        assertSame(
                whole.rnnGetTBPTTState().get("state"), parts.rnnGetTBPTTState().get("state"), 1e-6);
    }

    @Test
    void fitsByTruncatedBackpropagation() {
        // Given a network with segments of two steps
        MultiLayerConfiguration configuration = configuration(gru());
        configuration.setBackpropType(BackpropType.TruncatedBPTT);
        configuration.setTbpttFwdLength(2);
        configuration.setTbpttBackLength(2);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        DataSet data = data(4);
        double before = network.score(data);
        // When it is fitted
        for (int i = 0; i < 100; i++) {
            network.fit(data);
        }
        // Then the loss falls
        assertThat(network.score(data)).isLessThan(0.7 * before);
    }

    @Test
    void readsBothDataFormats() {
        // Given the same parameters for [batch, units, steps] and [batch, steps, units]
        MultiLayerNetwork channelsFirst = network(gru());
        MultiLayerNetwork channelsLast = new MultiLayerNetwork(list().layer(new GruLayer.Builder()
                        .nOut(UNITS)
                        .dataFormat(RNNFormat.NWC)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .dataFormat(RNNFormat.NWC)
                        .nOut(OUTPUTS)
                        .build())
                .setInputType(InputType.recurrent(INPUTS, RNNFormat.NWC))
                .build());
        channelsLast.init();
        channelsLast.setParams(channelsFirst.params());
        INDArray input = normal(8, 3, INPUTS, STEPS);
        // When both run, then the outputs are the same
        INDArray last = channelsLast.output(input.permute(0, 2, 1).dup());
        assertSame(last.permute(0, 2, 1), channelsFirst.output(input), 1e-6);
    }

    @Test
    void survivesSaveAndRestore() throws IOException {
        // Given a network with two GRUs, fitted once so that the updater has a state
        MultiLayerNetwork network = network(gru(), gru());
        network.fit(data(4));
        // When it is saved and restored
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        // Then configuration and outputs are the same, and so they are after one more update
        assertThat(restored.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
        assertSame(restored.output(data(4).getFeatures()), network.output(data(4).getFeatures()), 0);
        network.fit(data(4));
        restored.fit(data(4));
        assertSame(restored.params(), network.params(), 0);
    }

    @Test
    void learnsToRememberTheFirstStep() {
        // Given sequences whose first value is the label of the last step
        MultiLayerNetwork network = network(gru());
        INDArray input = normal(9, 64, INPUTS, STEPS);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 64, OUTPUTS, STEPS);
        for (int output = 0; output < OUTPUTS; output++) {
            labels.get(NDArrayIndex.all(), NDArrayIndex.point(output), NDArrayIndex.point(STEPS - 1))
                    .assign(input.get(NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.point(0)));
        }
        INDArray lastOnly = Nd4j.zeros(DataType.FLOAT, 64, STEPS);
        lastOnly.putColumn(STEPS - 1, Nd4j.ones(DataType.FLOAT, 64));
        DataSet data = new DataSet(input, labels, null, lastOnly);
        double before = network.score(data);
        // When it is trained
        for (int i = 0; i < 400; i++) {
            network.fit(data);
        }
        // Then the network learns it
        assertThat(network.score(data)).isLessThan(0.1 * before);
    }

    @Test
    void trainsWithWeightNoiseAndDropout() {
        // Given a GRU whose weights and inputs are dropped at random
        MultiLayerNetwork network = network(new GruLayer.Builder()
                .nOut(UNITS)
                .weightNoise(new DropConnect(0.9))
                .dropOut(0.9)
                .build());
        DataSet data = data(8);
        double before = network.score(data);
        // When it is trained
        for (int i = 0; i < 150; i++) {
            network.fit(data);
        }
        // Then the loss falls all the same, and the output has no noise
        assertThat(network.score(data)).isLessThan(0.9 * before);
        assertSame(network.output(data.getFeatures()), network.output(data.getFeatures()), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "HALF"})
    void refusesOtherDataTypes(String type) {
        // Given a network of another data type
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.valueOf(type))
                .list()
                .layer(new GruLayer.Builder()
                        .name("gru")
                        .nIn(INPUTS)
                        .nOut(UNITS)
                        .build())
                .build();
        // When it is built, then the message says what is wrong
        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layer gru: the network's data type must be FLOAT, found " + type);
    }

    @Test
    void refusesUnitsThatDoNotFillLanes() {
        // Given a GRU of six units
        MultiLayerConfiguration configuration = configuration(
                new GruLayer.Builder().name("gru").nIn(INPUTS).nOut(6).build());
        // When it is built, then the message says what is wrong
        assertThatThrownBy(() -> new MultiLayerNetwork(configuration).init())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layer gru: nOut must be a multiple of 4, found 6");
    }
}
