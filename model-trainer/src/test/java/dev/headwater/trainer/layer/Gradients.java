package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/// Checks a network's gradients against central differences. DL4J computes in float, so the tolerance is loose:
/// a wrong term or sign exceeds it by far.
final class Gradients {

    private static final float STEP = 1e-2f;

    private Gradients() {}

    static void check(MultiLayerNetwork network, DataSet data, int stride) {
        float[] analytic = analytic(network, data);
        float[] parameters = Floats.of(network.params());
        float largest = 0;
        for (int i = 0; i < parameters.length; i += stride) {
            double numeric = (score(network, data, parameters, i, STEP) - score(network, data, parameters, i, -STEP))
                    / (2 * STEP);
            largest = Math.max(largest, Math.abs(analytic[i]));
            assertThat((double) analytic[i])
                    .as("gradient of parameter %d of %d", i, parameters.length)
                    .isCloseTo(numeric, Offset.offset(2e-3 + 0.02 * Math.abs(numeric)));
        }
        assertThat(largest).as("largest gradient, so that the check can fail").isGreaterThan(0.05f);
    }

    /// Gradients of the loss summed over the batch, in the order of the parameters.
    static float[] analytic(MultiLayerNetwork network, DataSet data) {
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
        network.computeGradientAndScore();
        network.clearLayerMaskArrays();
        INDArray flat = network.getFlattenedGradients();
        return Floats.of(flat).clone();
    }

    private static double score(MultiLayerNetwork network, DataSet data, float[] at, int index, float change) {
        float[] moved = at.clone();
        moved[index] += change;
        Floats.write(moved, network.params());
        double score = network.score(data, true) * data.numExamples();
        Floats.write(at, network.params());
        return score;
    }
}
