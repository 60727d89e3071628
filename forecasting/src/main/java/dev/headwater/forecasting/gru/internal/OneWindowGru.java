package dev.headwater.forecasting.gru.internal;

import static dev.headwater.forecasting.gru.internal.Lanes.LENGTH;
import static dev.headwater.forecasting.gru.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// One GRU going forward for a single window, hidden units across the lanes, out of transposed copies of its weights.
/// Sums run in the order of [TileGemm] and the gates are those of [GruGates]: a window gets the same bits alone as in a
/// tile. Immutable; buffers come from the caller.
public final class OneWindowGru {
    private final int inputs;
    private final int hidden;

    /// Hidden units rounded up to whole vectors; lanes beyond `hidden` hold zero weights
    private final int slot;

    /// `[inputs + constants][3][slot]`, gates r, z, n
    private final float[] inputWeights;

    /// `[hidden][3][slot]`, gates n, r, z
    private final float[] recurrentWeights;

    /// `[3][slot]`: both biases of r and z, input bias of n
    private final float[] bias;

    /// `[slot]`
    private final float[] candidateBias;

    /// Copies the parameters at `layout` of a flat array.
    public OneWindowGru(GruLayout layout, float[] parameters) {
        this.inputs = layout.inputs();
        this.hidden = layout.hidden();
        this.slot = slotSize(hidden);
        this.inputWeights = transposed(layout.inputColumns(parameters, 0, layout.inputStride()), 0);
        this.recurrentWeights = transposed(layout.recurrentRows(parameters, 0, layout.gateRows()), 2 * hidden);
        this.bias = new float[3 * slot];
        this.candidateBias = new float[slot];
        for (int unit = 0; unit < hidden; unit++) {
            int in = layout.inputBiasOffset() + unit;
            int recurrent = layout.recurrentBiasOffset() + unit;
            bias[unit] = parameters[in] + parameters[recurrent];
            bias[slot + unit] = parameters[in + hidden] + parameters[recurrent + hidden];
            bias[2 * slot + unit] = parameters[in + 2 * hidden];
            candidateBias[unit] = parameters[recurrent + 2 * hidden];
        }
    }

    /// Floats of a state: hidden units rounded up to whole vectors.
    public static int slotSize(int hidden) {
        return Lanes.roundUp(hidden, LENGTH);
    }

    private float[] transposed(MatrixView weights, int firstRow) {
        float[] copy = new float[weights.columns() * 3 * slot];
        for (int i = 0; i < weights.rows(); i++) {
            int source = weights.offset() + (i + firstRow) % weights.rows() * weights.stride();
            int row = i / hidden * slot + i % hidden;
            for (int column = 0; column < weights.columns(); column++) {
                copy[column * 3 * slot + row] = weights.data()[source + column];
            }
        }
        return copy;
    }

    /// Starts a window: `constant` `[3][slot]` becomes the biases.
    public void begin(float[] constant) {
        System.arraycopy(bias, 0, constant, 0, bias.length);
    }

    /// Adds to `constant` the projection of `in[inAt]` to `in[inAt + columns - 1]`, columns `from` on of weight_ih.
    public void addConstant(int from, int columns, float[] in, int inAt, float[] constant) {
        multiply(inputWeights, from * 3 * slot, columns, in, inAt, constant, 0, constant, 0);
    }

    /// One step in place.
    ///
    /// @param in inputs `[inputs]` from `inAt`
    /// @param constant `[3][slot]`
    /// @param gates scratch `[4][slot]`
    /// @param state `[slot]`, replaced by the next
    public void step(float[] in, int inAt, float[] constant, float[] gates, float[] state) {
        multiply(inputWeights, 0, inputs, in, inAt, constant, 0, gates, slot);
        System.arraycopy(candidateBias, 0, gates, 0, slot);
        multiply(recurrentWeights, 0, hidden, state, 0, gates, 0, gates, 0);
        GruGates.activate(gates, 0, state, 0, state, 0, slot);
    }

    /// `out[0 .. 3 slot) = init + sum over k of in[k] * weights[k][0 .. 3 slot)`.
    private void multiply(
            float[] weights,
            int at,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int initAt,
            float[] out,
            int outAt) {
        int stride = 3 * slot;
        int row = 0;
        for (; row + 12 * LENGTH <= stride; row += 12 * LENGTH) {
            block12(weights, at + row, stride, depth, in, inAt, init, initAt + row, out, outAt + row);
        }
        for (; row < stride; row += 3 * LENGTH) {
            block3(weights, at + row, stride, depth, in, inAt, init, initAt + row, out, outAt + row);
        }
    }

    private static void block12(
            float[] weights,
            int at,
            int stride,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int i,
            float[] out,
            int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        FloatVector a2 = fromArray(SPECIES, init, i + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, init, i + 3 * LENGTH);
        FloatVector a4 = fromArray(SPECIES, init, i + 4 * LENGTH);
        FloatVector a5 = fromArray(SPECIES, init, i + 5 * LENGTH);
        FloatVector a6 = fromArray(SPECIES, init, i + 6 * LENGTH);
        FloatVector a7 = fromArray(SPECIES, init, i + 7 * LENGTH);
        FloatVector a8 = fromArray(SPECIES, init, i + 8 * LENGTH);
        FloatVector a9 = fromArray(SPECIES, init, i + 9 * LENGTH);
        FloatVector a10 = fromArray(SPECIES, init, i + 10 * LENGTH);
        FloatVector a11 = fromArray(SPECIES, init, i + 11 * LENGTH);
        int w = at;
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(SPECIES, in[inAt + k]);
            a0 = x.fma(fromArray(SPECIES, weights, w), a0);
            a1 = x.fma(fromArray(SPECIES, weights, w + LENGTH), a1);
            a2 = x.fma(fromArray(SPECIES, weights, w + 2 * LENGTH), a2);
            a3 = x.fma(fromArray(SPECIES, weights, w + 3 * LENGTH), a3);
            a4 = x.fma(fromArray(SPECIES, weights, w + 4 * LENGTH), a4);
            a5 = x.fma(fromArray(SPECIES, weights, w + 5 * LENGTH), a5);
            a6 = x.fma(fromArray(SPECIES, weights, w + 6 * LENGTH), a6);
            a7 = x.fma(fromArray(SPECIES, weights, w + 7 * LENGTH), a7);
            a8 = x.fma(fromArray(SPECIES, weights, w + 8 * LENGTH), a8);
            a9 = x.fma(fromArray(SPECIES, weights, w + 9 * LENGTH), a9);
            a10 = x.fma(fromArray(SPECIES, weights, w + 10 * LENGTH), a10);
            a11 = x.fma(fromArray(SPECIES, weights, w + 11 * LENGTH), a11);
            w += stride;
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
        a2.intoArray(out, o + 2 * LENGTH);
        a3.intoArray(out, o + 3 * LENGTH);
        a4.intoArray(out, o + 4 * LENGTH);
        a5.intoArray(out, o + 5 * LENGTH);
        a6.intoArray(out, o + 6 * LENGTH);
        a7.intoArray(out, o + 7 * LENGTH);
        a8.intoArray(out, o + 8 * LENGTH);
        a9.intoArray(out, o + 9 * LENGTH);
        a10.intoArray(out, o + 10 * LENGTH);
        a11.intoArray(out, o + 11 * LENGTH);
    }

    private static void block3(
            float[] weights,
            int at,
            int stride,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int i,
            float[] out,
            int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        FloatVector a2 = fromArray(SPECIES, init, i + 2 * LENGTH);
        int w = at;
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(SPECIES, in[inAt + k]);
            a0 = x.fma(fromArray(SPECIES, weights, w), a0);
            a1 = x.fma(fromArray(SPECIES, weights, w + LENGTH), a1);
            a2 = x.fma(fromArray(SPECIES, weights, w + 2 * LENGTH), a2);
            w += stride;
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
        a2.intoArray(out, o + 2 * LENGTH);
    }
}
