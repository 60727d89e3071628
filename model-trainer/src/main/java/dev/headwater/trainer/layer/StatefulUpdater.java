package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// An updater with a learning rate and one value of state per parameter, zero at first.
abstract sealed class StatefulUpdater implements IUpdater permits Momentum, RootMeanSquare {

    private static final long serialVersionUID = 1L;
    private static final String STATE = "S";

    @JsonProperty
    private ISchedule schedule;

    StatefulUpdater(ISchedule schedule) {
        this.schedule = schedule;
    }

    ISchedule schedule() {
        return schedule;
    }

    /// Updates the state, and overwrites the gradient with what DL4J then subtracts from the parameters.
    ///
    /// @param gradient `[1, parameters]`
    /// @param state    `[1, parameters]`
    /// @param rate     learning rate
    abstract void apply(INDArray gradient, INDArray state, double rate);

    @Override
    public final long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public final GradientUpdater<StatefulUpdater> instantiate(INDArray state, boolean initialise) {
        return instantiate(Map.of(STATE, state), initialise);
    }

    @Override
    public final GradientUpdater<StatefulUpdater> instantiate(Map<String, INDArray> state, boolean initialise) {
        Block block = new Block(this);
        block.setState(state, initialise);
        return block;
    }

    @Override
    public final double getLearningRate(int iteration, int epoch) {
        return schedule.valueAt(iteration, epoch);
    }

    @Override
    public final boolean hasLearningRate() {
        return true;
    }

    @Override
    public final void setLrAndSchedule(double rate, @Nullable ISchedule next) {
        schedule = next == null ? new FixedSchedule(rate) : next;
    }

    @Override
    public abstract IUpdater clone();

    /// The updater on one block of parameters.
    private static final class Block implements GradientUpdater<StatefulUpdater> {

        private final StatefulUpdater config;
        private @Nullable INDArray state; // [1, parameters]

        Block(StatefulUpdater config) {
            this.config = config;
        }

        @Override
        public StatefulUpdater getConfig() {
            return config;
        }

        @Override
        public void setState(Map<String, INDArray> states, boolean initialise) {
            state = requireNonNull(states.get(STATE));
            if (initialise) {
                state.assign(0);
            }
        }

        @Override
        public Map<String, INDArray> getState() {
            return Map.of(STATE, requireNonNull(state));
        }

        @Override
        public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialise) {
            setState(Map.of(STATE, view), initialise);
        }

        @Override
        public void applyUpdater(INDArray gradient, int iteration, int epoch) {
            config.apply(gradient, requireNonNull(state), config.getLearningRate(iteration, epoch));
        }
    }
}
