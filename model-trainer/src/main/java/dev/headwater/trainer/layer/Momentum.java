package dev.headwater.trainer.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// Gradient descent with plain momentum, `v = m v - rate g; w = w + v`: the `SGD(momentum=m)` of Keras. DL4J has only
/// Nesterov's variant.
public final class Momentum extends StatefulUpdater {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double momentum;

    /// @param schedule learning rate
    /// @param momentum share of the last step that is kept, from 0 to below 1
    public Momentum(@JsonProperty("schedule") ISchedule schedule, @JsonProperty("momentum") double momentum) {
        super(schedule);
        this.momentum = momentum;
    }

    public Momentum(double rate, double momentum) {
        this(new FixedSchedule(rate), momentum);
    }

    /// The state is the velocity with the opposite sign.
    @Override
    void apply(INDArray gradient, INDArray state, double rate) {
        state.muli(momentum).addi(gradient.muli(rate));
        gradient.assign(state);
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // a copy by value is as good, and the class is final
    public IUpdater clone() {
        return new Momentum(schedule().clone(), momentum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Momentum that
                && momentum == that.momentum
                && schedule().equals(that.schedule());
    }

    @Override
    public int hashCode() {
        return Double.hashCode(momentum) * 31 + schedule().hashCode();
    }
}
