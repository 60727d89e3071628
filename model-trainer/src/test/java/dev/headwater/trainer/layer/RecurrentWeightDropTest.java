package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class RecurrentWeightDropTest {

    private static final int HIDDEN = 8;
    private static final int BATCH = 5;
    private static final double SHARE = 0.4;

    private static MultiLayerNetwork network(RecurrentWeightDrop drop, double rate) {
        LSTM lstm = new LSTM.Builder()
                .nOut(HIDDEN)
                .activation(Activation.TANH)
                .weightNoise(drop)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Sgd(rate))
                .list()
                .layer(new Bidirectional(Bidirectional.Mode.CONCAT, lstm))
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(3))
                .build());
        network.init();
        network.addListeners(drop.gradients());
        return network;
    }

    private static DataSet data() {
        Nd4j.getRandom().setSeed(9);
        return new DataSet(Nd4j.randn(DataType.FLOAT, BATCH, 3, 6), Nd4j.randn(DataType.FLOAT, BATCH, 1, 6));
    }

    @Test
    void droppedRecurrentWeightsStayAndNoOtherParameterIsHeldBack() {
        // Given
        MultiLayerNetwork network = network(new RecurrentWeightDrop(SHARE, 1), 0.1);
        Map<String, float[]> before = parameters(network);

        // When
        network.fit(data());

        // Then
        parameters(network).forEach((key, after) -> {
            int still = 0;
            for (int i = 0; i < after.length; i++) {
                still += after[i] == before.get(key)[i] ? 1 : 0;
            }
            double share = key.endsWith("RW") ? SHARE : 0;
            assertThat((double) still / after.length).as(key).isCloseTo(share, within(0.1));
        });
        KernelLayers.close(network);
    }

    private static Map<String, float[]> parameters(MultiLayerNetwork network) {
        Map<String, float[]> parameters = new TreeMap<>();
        network.paramTable().forEach((key, tensor) -> parameters.put(key, Floats.of(tensor)));
        return parameters;
    }

    @Test
    void theGradientIsThatOfTheLossWithTheDroppedWeights() {
        // Given a network with learning rate 0, and the gradient with the first draw
        DataSet data = data();
        MultiLayerNetwork network = network(new RecurrentWeightDrop(SHARE, 1), 0);
        INDArray[] gradient = new INDArray[1];
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                gradient[0] = model.gradient().getGradientFor("0_fRW").div(BATCH); // DL4J divides later
            }
        });
        network.fit(data);

        // Then central differences with the same draw agree
        for (int weight = 0; weight < 4 * HIDDEN * HIDDEN; weight += 7) {
            double expected = (loss(data, weight, 0.01f) - loss(data, weight, -0.01f)) / 0.02;
            double found = gradient[0].getDouble(weight / (4 * HIDDEN), weight % (4 * HIDDEN));
            assertThat(found).as("weight %d", weight).isCloseTo(expected, within(2e-3));
        }
        assertThat(gradient[0].amaxNumber().doubleValue()).isGreaterThan(0.05);
        KernelLayers.close(network);
    }

    /// Summed squared error while training, with the first draw and one recurrent weight changed.
    private static double loss(DataSet data, int weight, float by) {
        MultiLayerNetwork network = network(new RecurrentWeightDrop(SHARE, 1), 0);
        INDArray weights = network.getLayer(0).getParam("fRW");
        int row = weight / (4 * HIDDEN);
        int column = weight % (4 * HIDDEN);
        weights.putScalar(row, column, weights.getFloat(row, column) + by);
        network.fit(data);
        double score = network.score();
        KernelLayers.close(network);
        return score;
    }

    @Test
    void servingSeesAllWeights() {
        DataSet data = data();
        MultiLayerNetwork dropped = network(new RecurrentWeightDrop(SHARE, 1), 0);
        MultiLayerNetwork whole = network(new RecurrentWeightDrop(0, 1), 0);
        dropped.fit(data);
        assertThat(dropped.output(data.getFeatures(), false)).isEqualTo(whole.output(data.getFeatures(), false));
        assertThat(dropped.output(data.getFeatures(), true)).isNotEqualTo(whole.output(data.getFeatures(), true));
        KernelLayers.close(dropped);
        KernelLayers.close(whole);
    }
}
