package dev.headwater.trainer.forecast;

import dev.headwater.kernels.DropoutMasks;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.layer.Floats;
import dev.headwater.trainer.layer.KernelLayers;
import dev.headwater.trainer.layer.Seq2SeqLayer;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/// The forecaster's network under training: one update per batch, with dropout and the moving average of the
/// weights. Not thread-safe.
final class Learner implements AutoCloseable {

    private final Seq2SeqShape shape;
    private final TrainingSettings settings;
    private final MultiLayerNetwork network;
    private final WeightAverage average;
    private float[] weights = {}; // [parameters], a copy

    /// @param rates learning rate by update
    Learner(Seq2SeqShape shape, TrainingSettings settings, ISchedule rates) {
        this.shape = shape;
        this.settings = settings;
        this.network = Seq2SeqNetwork.of(shape, settings, rates);
        this.average = new WeightAverage(settings.averaging());
    }

    /// The state between two updates.
    ///
    /// @param weights  `[parameters]`
    /// @param updater  the optimiser's moments
    /// @param average  moving average of the weights; empty without averaging
    /// @param updates  completed parameter updates
    record State(float[] weights, float[] updater, float[] average, int updates) {}

    /// One update.
    ///
    /// @param random for dropout; unused without dropout
    /// @return the loss of the batch, masked MAE in the unit of the target
    double fit(DataSet data, RandomGenerator random) {
        if (settings.dropout() > 0 || settings.recurrentDropout() > 0) {
            DropoutMasks masks = DropoutMasks.draw(
                    shape, data.numExamples(), settings.dropout(), settings.recurrentDropout(), random);
            Seq2SeqLayer.drop(network.getLayer(0), masks);
        }
        double decay = network.calcRegularizationScore(true); // part of the score, by the weights before the update
        network.fit(data);
        if (average.isWanted()) {
            weights = Floats.read(network.params(), weights);
            average.add(weights);
        }
        return network.score() - decay;
    }

    /// A copy of the parameters to validate: the moving average if there is one, else the weights.
    float[] parameters() {
        return average.updates() > 0 ? average.get() : Floats.of(network.params());
    }

    /// Replaces the schedule by a constant rate.
    void setLearningRate(double rate) {
        network.setLearningRate(new FixedSchedule(rate));
    }

    State state() {
        INDArray moments = network.getUpdater().getStateViewArray();
        int updates = network.getLayerWiseConfigurations().getIterationCount();
        return new State(Floats.of(network.params()), Floats.of(moments), average.get(), updates);
    }

    /// Restores the state of a learner of the same shape and settings.
    void resume(State state) {
        Floats.write(state.weights, network.params());
        Floats.write(state.updater, network.getUpdater().getStateViewArray());
        network.getLayerWiseConfigurations().setIterationCount(state.updates);
        if (average.isWanted()) {
            average.resume(state.average, state.updates);
        }
    }

    @Override
    public void close() {
        KernelLayers.close(network);
    }
}
