package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Sums the gradient of a [RowProjection] over rows, with the outputs across the lanes.
public final class RowGradient {
    private final int inputs;
    private final int outputs;
    private final int slot;

    /// `[inputs + 1][slot]`, the biases' gradient last
    private final float[] sums;

    public RowGradient(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.slot = Lanes.roundUp(outputs, LENGTH);
        this.sums = new float[(inputs + 1) * slot];
    }

    /// Resets the sums to zero.
    public void clear() {
        Arrays.fill(sums, 0);
    }

    /// Adds one row.
    ///
    /// @param in    `[inputs]` from `inAt`
    /// @param slope `[slot]`, derivative of the loss by each output
    public void add(float[] in, int inAt, float[] slope) {
        for (int column = 0; column < slot; column += LENGTH) {
            addColumn(in, inAt, column, slope);
        }
    }

    private void addColumn(float[] in, int inAt, int column, float[] slopes) {
        FloatVector slope = fromArray(SPECIES, slopes, column);
        int at = column;
        for (int i = 0; i < inputs; i++) {
            slope.mul(in[inAt + i]).add(fromArray(SPECIES, sums, at)).intoArray(sums, at);
            at += slot;
        }
        slope.add(fromArray(SPECIES, sums, at)).intoArray(sums, at);
    }

    /// Adds the sums to gradients `[outputs][inputs]` of the weights from `weightsAt` and `[outputs]` of the biases
    /// from `biasAt`.
    public void addTo(float[] gradients, int weightsAt, int biasAt) {
        for (int out = 0; out < outputs; out++) {
            for (int in = 0; in < inputs; in++) {
                gradients[weightsAt + out * inputs + in] += sums[in * slot + out];
            }
            gradients[biasAt + out] += sums[inputs * slot + out];
        }
    }
}
