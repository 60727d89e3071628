package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;

/// A dense layer for one row at a time, with the outputs across the lanes and a transposed copy of the weights.
/// Immutable.
public final class RowProjection {
    private final int inputs;
    private final int slot;

    /// From `[inputs]` to `[slot]`
    private final GroupGemm weights;

    /// `[slot]`
    private final float[] bias;

    /// Copies weights `[outputs][inputs]` and biases `[outputs]` from a flat array.
    public RowProjection(float[] parameters, int weightsAt, int biasAt, int inputs, int outputs) {
        this.inputs = inputs;
        this.slot = Lanes.roundUp(outputs, LENGTH);
        this.bias = new float[slot];
        float[] transposed = new float[inputs * slot];
        for (int out = 0; out < outputs; out++) {
            bias[out] = parameters[biasAt + out];
            for (int in = 0; in < inputs; in++) {
                transposed[in * slot + out] = parameters[weightsAt + out * inputs + in];
            }
        }
        this.weights = new GroupGemm(transposed, inputs, slot);
    }

    /// Outputs rounded up to whole vectors.
    public int slot() {
        return slot;
    }

    /// `out[o] = bias[o] + sum over i of weights(o, i) * in[i]`; zero beyond the outputs.
    ///
    /// @param in  `[inputs]` from `inAt`
    /// @param out `[slot]`
    public void apply(float[] in, int inAt, float[] out) {
        weights.multiply(1, 0, inputs, in, inAt, 0, bias, 0, out, 0, slot, false);
    }
}
