package dev.headwater.trainer.layer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// Gradient descent with plain momentum, `v = m v - rate g; w = w + v`: the `SGD(momentum=m)` of Keras. DL4J has only
/// Nesterov's variant.
public final class Momentum implements IUpdater {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double momentum;

    @JsonProperty
    private ISchedule schedule;

    /// @param schedule learning rate
    /// @param momentum share of the last step that is kept, from 0 to below 1
    public Momentum(@JsonProperty("schedule") ISchedule schedule, @JsonProperty("momentum") double momentum) {
        this.schedule = schedule;
        this.momentum = momentum;
    }

    public Momentum(double rate, double momentum) {
        this(new FixedSchedule(rate), momentum);
    }

    double momentum() {
        return momentum;
    }

    /// The velocity, one value per parameter.
    @Override
    public long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(INDArray state, boolean initialise) {
        MomentumUpdater updater = new MomentumUpdater(this);
        updater.setStateViewArray(state, state.shape(), 'c', initialise);
        return updater;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(Map<String, INDArray> state, boolean initialise) {
        MomentumUpdater updater = new MomentumUpdater(this);
        updater.setState(state, initialise);
        return updater;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return schedule.valueAt(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, @Nullable ISchedule next) {
        schedule = next == null ? new FixedSchedule(rate) : next;
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // a copy by value is as good, and the class is final
    public IUpdater clone() {
        return new Momentum(schedule.clone(), momentum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Momentum that && momentum == that.momentum && schedule.equals(that.schedule);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(momentum) * 31 + schedule.hashCode();
    }
}
