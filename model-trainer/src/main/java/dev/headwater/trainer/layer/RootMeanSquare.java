package dev.headwater.trainer.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// Divides gradients by the root of their mean square, `v = rho v + (1 - rho) g^2; w = w - rate g / sqrt(v + epsilon)`:
/// the `RMSprop` of Keras, where epsilon 1e-7 shortens the steps of gradients below 3e-4. DL4J's adds epsilon to the
/// root, where it has no such effect.
public final class RootMeanSquare extends StatefulUpdater {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double rho;

    @JsonProperty
    private final double epsilon;

    /// @param schedule learning rate
    /// @param rho      share of the mean that is kept, 0.9 in Keras
    /// @param epsilon  added to the mean, 1e-7 in Keras
    public RootMeanSquare(
            @JsonProperty("schedule") ISchedule schedule,
            @JsonProperty("rho") double rho,
            @JsonProperty("epsilon") double epsilon) {
        super(schedule);
        this.rho = rho;
        this.epsilon = epsilon;
    }

    /// With the defaults of Keras.
    public RootMeanSquare(double rate) {
        this(new FixedSchedule(rate), 0.9, 1e-7);
    }

    /// One pass over copies: ND4J would need six over the arrays themselves.
    @Override
    void apply(INDArray gradient, INDArray state, double rate) {
        float[] slopes = Floats.of(gradient); // [parameters]
        float[] squares = Floats.of(state); // [parameters]
        float kept = (float) rho;
        float added = (float) (1 - rho);
        for (int i = 0; i < slopes.length; i++) {
            squares[i] = kept * squares[i] + added * slopes[i] * slopes[i];
            slopes[i] *= (float) rate / (float) Math.sqrt(squares[i] + (float) epsilon);
        }
        Floats.write(slopes, gradient);
        Floats.write(squares, state);
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // a copy by value is as good, and the class is final
    public IUpdater clone() {
        return new RootMeanSquare(schedule().clone(), rho, epsilon);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RootMeanSquare that
                && rho == that.rho
                && epsilon == that.epsilon
                && schedule().equals(that.schedule());
    }

    @Override
    public int hashCode() {
        return (Double.hashCode(rho) * 31 + Double.hashCode(epsilon)) * 31
                + schedule().hashCode();
    }
}
