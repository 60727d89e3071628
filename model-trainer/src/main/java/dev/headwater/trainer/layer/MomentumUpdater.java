package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/// Applies [Momentum] to one block of parameters.
final class MomentumUpdater implements GradientUpdater<Momentum> {

    private static final String VELOCITY = "V";

    private final Momentum config;
    private @Nullable INDArray velocity; // [1, parameters], of the opposite sign: DL4J subtracts updates

    MomentumUpdater(Momentum config) {
        this.config = config;
    }

    @Override
    public Momentum getConfig() {
        return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialise) {
        velocity = requireNonNull(state.get(VELOCITY));
        if (initialise) {
            velocity.assign(0);
        }
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of(VELOCITY, requireNonNull(velocity));
    }

    @Override
    public void setStateViewArray(INDArray view, long[] gradientShape, char gradientOrder, boolean initialise) {
        setState(Map.of(VELOCITY, view), initialise);
    }

    /// Overwrites the gradient with the update.
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        INDArray state = requireNonNull(velocity);
        gradient.muli(config.getLearningRate(iteration, epoch));
        state.muli(config.momentum()).addi(gradient.reshape(state.shape()));
        gradient.assign(state.reshape(gradient.shape()));
    }
}
