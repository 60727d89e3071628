package dev.headwater.trainer.layer;

import static dev.headwater.trainer.layer.SequenceLayerTest.INPUTS;
import static dev.headwater.trainer.layer.SequenceLayerTest.OUTPUTS;
import static dev.headwater.trainer.layer.SequenceLayerTest.STEPS;
import static dev.headwater.trainer.layer.SequenceLayerTest.assertSame;
import static dev.headwater.trainer.layer.SequenceLayerTest.mask;
import static dev.headwater.trainer.layer.SequenceLayerTest.normal;
import static dev.headwater.trainer.layer.SequenceLayerTest.single;
import static dev.headwater.trainer.layer.SequenceLayerTest.stepwise;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional.Mode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FinalStatesLayerTest {

    private static final INDArrayIndex ALL = NDArrayIndex.all();

    @ParameterizedTest
    @MethodSource("dev.headwater.trainer.layer.SequenceLayerTest#smooth")
    void handsItsGradientDown(SequenceLayer layer) {
        // Given the last states of both directions, with masked steps
        MultiLayerNetwork network = single(new Bidirectional(Mode.CONCAT, layer), new FinalStatesLayer());
        DataSet data = new DataSet(normal(1, 3, INPUTS, STEPS), normal(2, 3, OUTPUTS), mask(), null);
        // When gradients are compared with differences of the score, then they agree
        Gradients.check(network, data, 3);
    }

    @ParameterizedTest
    @MethodSource("dev.headwater.trainer.layer.SequenceLayerTest#layers")
    void hasTheStatesAfterTheLastStepOfEachDirection(SequenceLayer layer) {
        // Given both directions, and one layer alone with the parameters of each
        int units = (int) layer.getNOut();
        MultiLayerNetwork both =
                single(new Bidirectional(Mode.CONCAT, (SequenceLayer) layer.clone()), new FinalStatesLayer());
        MultiLayerNetwork alone = stepwise(layer);
        INDArray input = normal(3, 2, INPUTS, STEPS);
        // When they run, the single layer from either end
        INDArray states = both.feedForward(input).get(2);
        INDArray forward = lastState(alone, both, "f", input);
        INDArray backward = lastState(alone, both, "b", backwards(input));
        // Then the states are the same
        assertSame(states, Nd4j.concat(1, forward, backward), 1e-6);
    }

    /// The state after the last step of the first layer with the parameters of a direction.
    private static INDArray lastState(
            MultiLayerNetwork alone, MultiLayerNetwork both, String direction, INDArray input) {
        for (String key : alone.getLayer(0).paramTable().keySet()) {
            alone.getParam("0_" + key).assign(both.getParam("0_" + direction + key));
        }
        return alone.feedForward(input.dup('c'))
                .get(1)
                .get(ALL, ALL, NDArrayIndex.point(STEPS - 1))
                .dup();
    }

    private static INDArray backwards(INDArray input) {
        INDArray reversed = input.dup();
        for (int step = 0; step < STEPS; step++) {
            reversed.get(ALL, ALL, NDArrayIndex.point(step))
                    .assign(input.get(ALL, ALL, NDArrayIndex.point(STEPS - 1 - step)));
        }
        return reversed;
    }

    @Test
    void needsTwoDirections() {
        LstmLayer lstm = new LstmLayer.Builder().nOut(5).build();
        assertThatThrownBy(() -> single(lstm, new FinalStatesLayer()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must follow a bidirectional layer that concatenates");
    }
}
