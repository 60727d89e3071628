package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.StateActivation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional.Mode;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/// What [GruLayerTest] does not test: the other cells, and what all of them share.
class SequenceLayerTest {

    static final int INPUTS = 3;
    static final int OUTPUTS = 2;
    static final int STEPS = 6;
    private static final INDArrayIndex ALL = NDArrayIndex.all();

    /// A layer of each kind, of sizes that do not fill lanes where a cell allows it.
    static List<SequenceLayer> layers() {
        return Stream.concat(smooth().stream(), rectified().stream()).toList();
    }

    static List<SequenceLayer> smooth() {
        return List.of(
                new LstmLayer.Builder().nOut(5).build(),
                new SimpleRnnLayer.Builder().nOut(5).build(),
                new GruLayer.Builder().nOut(8).build());
    }

    static List<SequenceLayer> rectified() {
        return List.of(
                new SimpleRnnLayer.Builder()
                        .nOut(6)
                        .stateActivation(StateActivation.RELU)
                        .build(),
                new GruLayer.Builder()
                        .nOut(8)
                        .stateActivation(StateActivation.RELU)
                        .build());
    }

    private static NeuralNetConfiguration.ListBuilder list(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(0.01))
                .list();
        Stream.of(layers).forEach(list::layer);
        return list;
    }

    private static MultiLayerNetwork init(NeuralNetConfiguration.ListBuilder list, int inputs) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.recurrent(inputs)).build());
        network.init();
        return network;
    }

    /// A network with an output at each step.
    static MultiLayerNetwork stepwise(Layer... layers) {
        return init(
                list(layers)
                        .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nOut(OUTPUTS)
                                .build()),
                INPUTS);
    }

    /// A network with one output for the whole sequence.
    static MultiLayerNetwork single(Layer... layers) {
        return init(
                list(layers)
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nOut(OUTPUTS)
                                .build()),
                INPUTS);
    }

    /// Normal values.
    static INDArray normal(long seed, int... shape) {
        Random random = new Random(seed);
        float[] values = new float[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    static INDArray mask() {
        return Nd4j.createFromArray(new float[][] {{0, 0, 1, 1, 1, 1}, {1, 1, 0, 1, 0, 1}, {1, 1, 1, 0, 0, 0}});
    }

    static void assertSame(INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gradientsAgreeWithCentralDifferences(SequenceLayer layer) {
        // Given two layers, one of which hands its gradient down
        MultiLayerNetwork network = stepwise(layer, (SequenceLayer) layer.clone());
        DataSet data = new DataSet(normal(1, 3, INPUTS, STEPS), normal(2, 3, OUTPUTS, STEPS));
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data, 3);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gradientsAgreeUnderMasks(SequenceLayer layer) {
        // Given sequences of which steps are masked at the front, in the middle and at the end
        DataSet data = new DataSet(normal(1, 3, INPUTS, STEPS), normal(2, 3, OUTPUTS, STEPS), mask(), mask());
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(stepwise(layer, (SequenceLayer) layer.clone()), data, 5);
    }

    @ParameterizedTest
    @MethodSource("rectified")
    void rectifiedGradientsAgreeWithCentralDifferences(SequenceLayer layer) {
        // Given parameters and inputs that keep far from where the activation has a kink
        MultiLayerNetwork network = stepwise(layer);
        network.setParams(Transforms.abs(network.params()).muli(0.5));
        DataSet data = new DataSet(Transforms.abs(normal(1, 3, INPUTS, STEPS)), normal(2, 3, OUTPUTS, STEPS));
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data, 3);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void worksInsideTheWrappersOfDl4j(SequenceLayer layer) {
        // Given a layer run in both directions, and one of which only the last step is used
        MultiLayerNetwork network =
                single(new Bidirectional(Mode.CONCAT, layer), new LastTimeStep((SequenceLayer) layer.clone()));
        DataSet data = new DataSet(normal(1, 3, INPUTS, STEPS), normal(2, 3, OUTPUTS));
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data, 7);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aSmallBatchAfterALargeOneHasTheGradientsOfAFreshLayer(SequenceLayer layer) {
        // Given a layer that has seen a larger batch, whose arrays it keeps, and a fresh one with the same parameters
        MultiLayerNetwork used = stepwise((SequenceLayer) layer.clone());
        MultiLayerNetwork fresh = stepwise(layer);
        gradients(used, new DataSet(normal(1, 9, INPUTS, STEPS), normal(2, 9, OUTPUTS, STEPS)));
        DataSet data = new DataSet(normal(3, 2, INPUTS, STEPS), normal(4, 2, OUTPUTS, STEPS));
        // When both see a smaller one, then the gradients are the same
        assertSame(gradients(used, data), gradients(fresh, data), 0);
    }

    private static INDArray gradients(MultiLayerNetwork network, DataSet data) {
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.computeGradientAndScore();
        return network.gradient().gradient().dup();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void inputDropoutDropsAnInputAtAllSteps(SequenceLayer plain) {
        // Given two layers with the same parameters, one with input dropout
        MultiLayerNetwork without = stepwise((SequenceLayer) plain.clone());
        MultiLayerNetwork with = stepwise(dropping(plain));
        with.setParams(without.params());
        with.initGradientsView();
        INDArray input = normal(4, 20, INPUTS, STEPS);
        INDArray epsilon = normal(5, 20, (int) plain.getNOut(), STEPS);
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        // When the one with dropout runs as in training
        INDArray out = with.getLayer(0).activate(input, true, workspaces);
        INDArray down = with.getLayer(0).backpropGradient(epsilon, workspaces).getSecond();
        // Then inputs without any gradient were dropped, the others scaled up
        INDArray used = down.norm2(2).gt(0).castTo(input.dataType());
        assertThat(used.meanNumber().doubleValue()).isBetween(0.5, 0.95);
        INDArray seen = input.dup();
        for (int step = 0; step < STEPS; step++) {
            seen.get(ALL, ALL, NDArrayIndex.point(step)).muli(used).divi(0.75);
        }
        assertSame(out, without.getLayer(0).activate(seen, false, workspaces), 1e-5);
        // And nothing is dropped otherwise
        assertSame(with.output(input), without.output(input), 0);
    }

    private static SequenceLayer dropping(SequenceLayer layer) {
        SequenceLayer.Builder<?> builder = switch (layer) {
            case LstmLayer ignored -> new LstmLayer.Builder();
            case SimpleRnnLayer rnn -> new SimpleRnnLayer.Builder().stateActivation(rnn.stateActivation());
            default -> new GruLayer.Builder().stateActivation(layer.stateActivation());
        };
        builder.nOut((int) layer.getNOut());
        return builder.inputDropout(0.25).build();
    }

    @Test
    void theTwoDirectionsDropDifferentUnits() {
        // Given directions with the same parameters and inputs that read the same from both ends
        LstmLayer lstm = new LstmLayer.Builder().nOut(16).recurrentDropout(0.5).build();
        MultiLayerNetwork network = stepwise(new Bidirectional(Mode.CONCAT, lstm));
        INDArray parameters = network.getLayer(0).params();
        long half = parameters.length() / 2;
        INDArray flat = parameters.reshape(parameters.length());
        flat.get(NDArrayIndex.interval(half, 2 * half)).assign(flat.get(NDArrayIndex.interval(0, half)));
        INDArray input = Nd4j.ones(4, INPUTS, STEPS);
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        // When they run as in training
        INDArray out = network.getLayer(0).activate(input, true, workspaces);
        // Then their states differ
        INDArray forward = out.get(ALL, NDArrayIndex.interval(0, 16), NDArrayIndex.point(STEPS - 1));
        INDArray backward = out.get(ALL, NDArrayIndex.interval(16, 32), NDArrayIndex.point(0));
        assertThat(forward.sub(backward).amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @Test
    void trainsWithBothKindsOfDropout() {
        // Given
        MultiLayerNetwork network = single(new LastTimeStep(new LstmLayer.Builder()
                .nOut(12)
                .recurrentDropout(0.2)
                .inputDropout(0.1)
                .build()));
        DataSet data = new DataSet(normal(1, 16, INPUTS, STEPS), normal(2, 16, OUTPUTS));
        double before = network.score(data);
        // When
        for (int i = 0; i < 200; i++) {
            network.fit(data);
        }
        // Then
        assertThat(network.score(data)).isLessThan(0.7 * before);
    }

    @Test
    void aSimpleRnnRunsStepByStep() {
        // Given a sequence
        MultiLayerNetwork network = stepwise(layers().get(1));
        INDArray input = normal(4, 2, INPUTS, STEPS);
        // When it is fed in two pieces
        INDArray first = network.rnnTimeStep(
                input.get(ALL, ALL, NDArrayIndex.interval(0, 2)).dup());
        INDArray rest = network.rnnTimeStep(
                input.get(ALL, ALL, NDArrayIndex.interval(2, STEPS)).dup());
        // Then the pieces are the whole
        assertSame(Nd4j.concat(2, first, rest), network.output(input), 1e-6);
    }

    @Test
    void anLstmRefusesToRunInPieces() {
        // Given
        LstmLayer lstm = new LstmLayer.Builder().name("memory").nOut(4).build();
        MultiLayerNetwork network = stepwise(lstm);
        INDArray input = normal(4, 2, INPUTS, STEPS);
        // When, then
        assertThatThrownBy(() -> network.rnnTimeStep(input))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layer memory: LstmLayer stores no state, which rnnTimeStep needs");
        // And given truncated backpropagation
        network.getLayerWiseConfigurations().setBackpropType(BackpropType.TruncatedBPTT);
        network.getLayerWiseConfigurations().setTbpttFwdLength(2);
        network.getLayerWiseConfigurations().setTbpttBackLength(2);
        DataSet data = new DataSet(input, normal(2, 2, OUTPUTS, STEPS));
        // When, then
        assertThatThrownBy(() -> network.fit(data))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layer memory: LstmLayer stores no state, which truncated backpropagation needs");
    }

    @Test
    void refusesSharesOutOfRange() {
        assertThatThrownBy(() -> new LstmLayer.Builder().inputDropout(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("inputDropout must be from 0 to below 1, found 1.0");
    }

    @Test
    void hasKerasNumberOfParameters() {
        assertThat(parameters(new LstmLayer.Builder().nOut(16).build(), 14)).isEqualTo(1984);
        assertThat(parameters(new SimpleRnnLayer.Builder().nOut(16).build(), 14))
                .isEqualTo(496);
        assertThat(parameters(
                        new Bidirectional(
                                Mode.CONCAT, new LstmLayer.Builder().nOut(16).build()),
                        14))
                .isEqualTo(3968);
        assertThat(parameters(new GruLayer.Builder().nOut(64).build(), 325)).isEqualTo(75072);
    }

    private static long parameters(Layer layer, int inputs) {
        MultiLayerNetwork network = init(
                list(layer)
                        .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .nOut(1)
                                .build()),
                inputs);
        return network.getLayer(0).numParams();
    }

    @Test
    void aFreshLstmRemembers() {
        // Given a fresh layer of three units
        MultiLayerNetwork network =
                stepwise(new LstmLayer.Builder().nOut(3).biasInit(0.5).build());
        // When its biases are read, then those of the forget gate are one
        assertThat(Floats.of(network.getParam("0_b")))
                .containsExactly(0.5f, 0.5f, 0.5f, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void survivesSaveAndRestore(SequenceLayer layer) throws IOException {
        // Given a network that was fitted, so that the updater has a state
        MultiLayerNetwork network =
                single(new Bidirectional(Mode.CONCAT, (SequenceLayer) layer.clone()), new FinalStatesLayer());
        DataSet data = new DataSet(normal(1, 4, INPUTS, STEPS), normal(2, 4, OUTPUTS));
        network.fit(data);
        // When it is saved and restored
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        // Then outputs are the same, and so they are after one more update
        assertThat(restored.getLayerWiseConfigurations().toJson())
                .isEqualTo(network.getLayerWiseConfigurations().toJson());
        assertSame(restored.output(data.getFeatures()), network.output(data.getFeatures()), 0);
        network.fit(data);
        restored.fit(data);
        assertSame(restored.params(), network.params(), 0);
    }
}
