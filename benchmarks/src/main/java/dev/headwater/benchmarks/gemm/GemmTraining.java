package dev.headwater.benchmarks.gemm;

import dev.headwater.benchmarks.gemm.GemmStep.Gradients;
import dev.headwater.benchmarks.turns.Halves;
import dev.headwater.kernels.Seq2SeqShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/// Trains the network on one batch, mean absolute error and Adam, each half of the batch on a thread of its own.
public final class GemmTraining implements AutoCloseable {

    private static final double LEARNING_RATE = 1e-3;

    private final Seq2SeqShape shape;
    private final GemmWeights weights;
    private final Half first;
    private final Half second;
    private final Halves halves = new Halves();
    private final GradientUpdater<?> adam;
    private int updates;

    /// @param rows `[windows][rowLength]`
    /// @param truths `[windows][horizon]`
    /// @param windows an even number
    public GemmTraining(Seq2SeqShape shape, float[] parameters, float[] rows, float[] truths, int windows) {
        this.shape = shape;
        weights = GemmWeights.of(shape, parameters);
        INDArray all = Nd4j.createFromArray(truths).reshape('c', windows, shape.horizon());
        first = new Half(rows, all, 0);
        second = new Half(rows, all, windows / 2);
        adam = new Adam(LEARNING_RATE)
                .instantiate(
                        Nd4j.zeros(
                                weights.flat().dataType(), 1, 2 * weights.flat().length()),
                        true);
    }

    /// Half of the batch.
    private final class Half {

        private final GemmNetwork network;
        private final GemmWeights sums = GemmWeights.of(shape);
        private final Gradients by;
        private final INDArray truths; // [window][horizon]
        private final INDArray slopes; // [window][horizon]
        private final double share; // of a forecast in the mean

        Half(float[] rows, INDArray all, int from) {
            int windows = (int) all.rows() / 2;
            network = new GemmNetwork(shape, weights, windows, true);
            network.load(rows, from);
            by = Gradients.of(windows, shape.hidden());
            truths = GemmWeights.rows(all, from, from + windows).dup('f');
            slopes = GemmStep.matrix(windows, shape.horizon());
            share = 1.0 / all.length();
        }

        /// This half's part of the mean.
        double loss() {
            network.forward();
            return network.forecasts().sub(truths).norm1Number().doubleValue() * share;
        }

        void gradient() {
            network.forward();
            slopes.assign(network.forecasts()).subi(truths);
            Transforms.sign(slopes, false).muli(share);
            sums.flat().assign(0);
            network.backward(slopes, sums, by);
        }
    }

    /// Gradient of the batch in the layout of the network's parameters.
    public float[] gradient() {
        halves.run(first::gradient, second::gradient);
        first.sums.flat().addi(second.sums.flat());
        return first.sums.toParameters(shape);
    }

    /// Mean absolute error of the batch.
    double loss() {
        return first.loss() + second.loss();
    }

    /// One update.
    public void update() {
        halves.run(first::gradient, second::gradient);
        INDArray gradient = first.sums.flat().addi(second.sums.flat());
        adam.applyUpdater(gradient.reshape(1, gradient.length()), updates, 0);
        weights.flat().subi(gradient);
        updates++;
    }

    @Override
    public void close() {
        halves.close();
    }
}
