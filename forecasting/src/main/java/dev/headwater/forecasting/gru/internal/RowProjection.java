package dev.headwater.forecasting.gru.internal;

import static dev.headwater.forecasting.gru.internal.Lanes.LENGTH;
import static dev.headwater.forecasting.gru.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// A dense layer for one row at a time, its outputs across the lanes, out of a transposed copy of its weights.
/// Immutable.
public final class RowProjection {
    private final int inputs;
    private final int slot;

    /// `[inputs][slot]`
    private final float[] weights;

    /// `[slot]`
    private final float[] bias;

    /// Copies weights `[outputs][inputs]` and biases `[outputs]` out of a flat array.
    public RowProjection(float[] parameters, int weightsAt, int biasAt, int inputs, int outputs) {
        this.inputs = inputs;
        this.slot = Lanes.roundUp(outputs, LENGTH);
        this.weights = new float[inputs * slot];
        this.bias = new float[slot];
        for (int out = 0; out < outputs; out++) {
            bias[out] = parameters[biasAt + out];
            for (int in = 0; in < inputs; in++) {
                weights[in * slot + out] = parameters[weightsAt + out * inputs + in];
            }
        }
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
        int column = 0;
        for (; column + 4 * LENGTH <= slot; column += 4 * LENGTH) {
            four(in, inAt, column, out);
        }
        for (; column < slot; column += LENGTH) {
            one(in, inAt, column, out);
        }
    }

    private void four(float[] in, int inAt, int column, float[] out) {
        FloatVector a0 = fromArray(SPECIES, bias, column);
        FloatVector a1 = fromArray(SPECIES, bias, column + LENGTH);
        FloatVector a2 = fromArray(SPECIES, bias, column + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, bias, column + 3 * LENGTH);
        int w = column;
        for (int i = 0; i < inputs; i++) {
            FloatVector x = broadcast(SPECIES, in[inAt + i]);
            a0 = x.fma(fromArray(SPECIES, weights, w), a0);
            a1 = x.fma(fromArray(SPECIES, weights, w + LENGTH), a1);
            a2 = x.fma(fromArray(SPECIES, weights, w + 2 * LENGTH), a2);
            a3 = x.fma(fromArray(SPECIES, weights, w + 3 * LENGTH), a3);
            w += slot;
        }
        a0.intoArray(out, column);
        a1.intoArray(out, column + LENGTH);
        a2.intoArray(out, column + 2 * LENGTH);
        a3.intoArray(out, column + 3 * LENGTH);
    }

    private void one(float[] in, int inAt, int column, float[] out) {
        FloatVector sum = fromArray(SPECIES, bias, column);
        for (int i = 0; i < inputs; i++) {
            sum = fromArray(SPECIES, weights, i * slot + column).fma(broadcast(SPECIES, in[inAt + i]), sum);
        }
        sum.intoArray(out, column);
    }
}
