package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/// DL4J's own layers with the settings under which they are those of Keras.
class StandardLayersTest {

    private static final int BATCH = 4;
    private static final int WIDTH = 3;
    private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

    private static NeuralNetConfiguration.ListBuilder list() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(0.1))
                .biasInit(0.1)
                .activation(Activation.TANH)
                .list();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(new MeanLoss(LossKind.SQUARED_ERROR, 1))
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static RnnOutputLayer outputPerStep(int steps) {
        return new RnnOutputLayer.Builder(new MeanLoss(LossKind.SQUARED_ERROR, steps))
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static INDArray normal(long... shape) {
        Nd4j.getRandom().setSeed(Arrays.hashCode(shape));
        return Nd4j.randn(shape);
    }

    private static Subsampling1DLayer maximaOf(int steps) {
        return new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, steps, steps)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"6, 2", "11, 5", "7, 3", "4, 4"})
    void maxPoolingKeepsTheLargestOfEachWholeBlock(int steps, int block) {
        // Given
        MultiLayerNetwork network = network(list().layer(maximaOf(block))
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(output())
                .setInputType(InputType.recurrent(WIDTH, steps))
                .build());
        INDArray x = normal(BATCH, WIDTH, steps);
        INDArray slopes = normal(BATCH, WIDTH, steps / block);
        Layer pooling = network.getLayer(0);

        // When
        INDArray out = pooling.activate(x, true, NONE).dup();
        INDArray down = pooling.backpropGradient(slopes, NONE).getSecond();

        // Then
        assertThat(out.shape()).containsExactly(BATCH, WIDTH, steps / block);
        INDArray expected = Nd4j.zeros(BATCH, WIDTH, steps);
        for (int row = 0; row < BATCH * WIDTH; row++) {
            for (int to = 0; to < steps / block; to++) {
                int[] at = {row / WIDTH, row % WIDTH, to};
                int largest = IntStream.range(to * block, (to + 1) * block)
                        .reduce((a, b) -> x.getFloat(at[0], at[1], a) >= x.getFloat(at[0], at[1], b) ? a : b)
                        .orElseThrow();
                assertThat(out.getFloat(at)).isEqualTo(x.getFloat(at[0], at[1], largest));
                expected.putScalar(at[0], at[1], largest, slopes.getFloat(at));
            }
        }
        assertThat(down).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = PoolingType.class,
            names = {"AVG", "MAX"})
    void globalPoolingReducesTheSteps(PoolingType type) {
        // Given
        MultiLayerNetwork network = network(list().layer(new GlobalPoolingLayer.Builder(type).build())
                .layer(output())
                .setInputType(InputType.recurrent(WIDTH, 7))
                .build());
        INDArray x = normal(BATCH, WIDTH, 7);
        INDArray slopes = normal(BATCH, WIDTH);
        Layer pooling = network.getLayer(0);

        // When
        INDArray out = pooling.activate(x, true, NONE).dup();
        INDArray down = pooling.backpropGradient(slopes, NONE).getSecond();

        // Then
        INDArray argMax = x.argMax(2);
        for (int b = 0; b < BATCH; b++) {
            for (int i = 0; i < WIDTH; i++) {
                float[] row = new float[7];
                for (int step = 0; step < 7; step++) {
                    row[step] = x.getFloat(b, i, step);
                    double share = type == PoolingType.AVG ? 1 / 7.0 : argMax.getInt(b, i) == step ? 1 : 0;
                    assertThat(down.getDouble(b, i, step)).isCloseTo(share * slopes.getDouble(b, i), within(1e-6));
                }
                double sum =
                        IntStream.range(0, 7).mapToDouble(step -> row[step]).sum();
                double expected = type == PoolingType.AVG ? sum / 7 : row[argMax.getInt(b, i)];
                assertThat(out.getDouble(b, i)).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void flattenFeedsAllStepsToADenseLayer() {
        // Given
        MultiLayerNetwork network = network(
                list().layer(new SequenceConvolutionLayer.Builder(2).nOut(3).build())
                        .layer(new DenseLayer.Builder().nOut(4).build())
                        .inputPreProcessor(1, new StepsToRow())
                        .layer(output())
                        .setInputType(InputType.recurrent(WIDTH, 6))
                        .build());
        // When gradients are compared with differences, then they agree, with a weight for each value of each step
        assertThat(network.getLayer(1).getParam("W").shape()).containsExactly(3 * 5, 4);
        Gradients.check(
                network, new DataSet(normal(BATCH, WIDTH, 6), normal(BATCH, 2).muli(3)), 1);
    }

    @Test
    void flattenNeedsTheNumberOfSteps() {
        assertThatThrownBy(() -> new StepsToRow().getOutputType(InputType.recurrent(WIDTH)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of steps");
    }

    @Test
    void denseLayersActOnEachStepOfASequence() {
        // Given
        MultiLayerNetwork network = network(
                list().layer(new SequenceConvolutionLayer.Builder(2).nOut(3).build())
                        .layer(new DenseLayer.Builder().nOut(4).build())
                        .layer(outputPerStep(5))
                        .setInputType(InputType.recurrent(WIDTH, 6))
                        .build());
        // When gradients are compared with differences, then they agree, with the same weights for each step
        assertThat(network.getLayer(1).getParam("W").shape()).containsExactly(3, 4);
        Gradients.check(
                network,
                new DataSet(normal(BATCH, WIDTH, 6), normal(BATCH, 2, 5).muli(3)),
                1);
    }

    @Test
    void repeatVectorRepeatsARowAsSteps() {
        // Given
        MultiLayerNetwork network =
                network(list().layer(new DenseLayer.Builder().nOut(3).build())
                        .layer(new RepeatVector.Builder<>().repetitionFactor(5).build())
                        .layer(new SequenceConvolutionLayer.Builder(2).nOut(3).build())
                        .layer(outputPerStep(4))
                        .setInputType(InputType.feedForward(WIDTH))
                        .build());
        INDArray x = normal(BATCH, WIDTH);

        // When
        INDArray row = network.feedForwardToLayer(1, x).get(1);
        INDArray out = network.feedForwardToLayer(1, x).get(2);

        // Then
        assertThat(out.shape()).containsExactly(BATCH, 3, 5);
        for (int at = 0; at < BATCH * 3 * 5; at++) {
            assertThat(out.getFloat(at / 15, at / 5 % 3, at % 5)).isEqualTo(row.getFloat(at / 15, at / 5 % 3));
        }
        Gradients.check(network, new DataSet(x, normal(BATCH, 2, 4).muli(3)), 1);
    }

    @Test
    void dropoutGetsTheShareThatIsKept() {
        // Given a rate of 0.2 in Keras
        MultiLayerNetwork network = network(list().layer(new DropoutLayer.Builder(new Dropout(1 - 0.2)).build())
                .layer(output())
                .setInputType(InputType.feedForward(2000))
                .build());
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1, 2000);
        Layer dropout = network.getLayer(0);

        // When
        float[] training = Floats.of(dropout.activate(ones.dup(), true, NONE));
        float[] slopes = Floats.of(dropout.backpropGradient(ones.dup(), NONE).getSecond());
        float[] serving = Floats.of(dropout.activate(ones.dup(), false, NONE));

        // Then
        long dropped = IntStream.range(0, 2000).filter(i -> training[i] == 0).count();
        assertThat(dropped).isBetween(300L, 500L);
        assertThat(training).containsOnly(0, 1.25f);
        assertThat(slopes).isEqualTo(training);
        assertThat(serving).containsOnly(1);
    }

    @Test
    void aNetworkForTextHasAsManyParametersAsInKeras() {
        // Given
        MultiLayerNetwork network = network(list().layer(new SequenceEmbeddingLayer.Builder()
                        .nIn(10_000)
                        .nOut(128)
                        .build())
                .layer(new SequenceConvolutionLayer.Builder(7).nOut(32).build())
                .layer(maximaOf(5))
                .layer(new SequenceConvolutionLayer.Builder(7).nOut(32).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.MAX).build())
                .layer(new OutputLayer.Builder(new MeanLoss(LossKind.BINARY_CROSS_ENTROPY, 1))
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.feedForward(500))
                .build());
        // When a batch passes and parameters are counted, then they are those of the model summary
        assertThat(network.output(Nd4j.zeros(DataType.FLOAT, 2, 500)).shape()).containsExactly(2, 1);
        assertThat(network.numParams()).isEqualTo(1_315_937);
    }
}
