package dev.headwater.trainer.layer;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// An activation that multiplies by a constant: Keras's `Lambda(lambda x: x * 100.0)` after the last layer.
public final class ScaledIdentity extends BaseActivationFunction {

    private static final long serialVersionUID = 1L;

    private final double factor;

    public ScaledIdentity(@JsonProperty("factor") double factor) {
        this.factor = factor;
    }

    /// What values are multiplied by.
    @JsonProperty
    public double factor() {
        return factor;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return in.muli(factor);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        return new Pair<>(epsilon.muli(factor), null);
    }

    @Override
    public String toString() {
        return "scaled by " + factor;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScaledIdentity that && that.factor == factor;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(factor);
    }
}
