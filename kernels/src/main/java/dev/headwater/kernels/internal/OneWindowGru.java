package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;

/// Forward pass of one GRU for a single window, with hidden units across the lanes and transposed copies of the
/// weights. Sums run in the order of [TileGemm] and the gates are those of [GruGates]: a window's result is
/// bit-identical alone and in a tile. Immutable; buffers come from the caller.
public final class OneWindowGru {
    private final int inputs;
    private final int hidden;

    /// Hidden units rounded up to whole vectors; lanes beyond `hidden` hold zero weights
    private final int slot;

    /// From `[inputs + constants]` to `[3][slot]`, gates r, z, n
    private final Gemv inputWeights;

    /// From `[hidden]` to `[3][slot]`, gates n, r, z
    private final Gemv recurrentWeights;

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

    private Gemv transposed(MatrixView weights, int firstRow) {
        float[] copy = new float[weights.columns() * 3 * slot];
        for (int i = 0; i < weights.rows(); i++) {
            int source = weights.offset() + (i + firstRow) % weights.rows() * weights.stride();
            int row = i / hidden * slot + i % hidden;
            for (int column = 0; column < weights.columns(); column++) {
                copy[column * 3 * slot + row] = weights.data()[source + column];
            }
        }
        return new Gemv(copy, weights.columns(), 3 * slot);
    }

    /// Starts a window: `constant` `[3][slot]` becomes the biases.
    public void begin(float[] constant) {
        System.arraycopy(bias, 0, constant, 0, bias.length);
    }

    /// Adds to `constant` the projection of `in[inAt]` to `in[inAt + columns - 1]` by columns `from` on of
    /// weight_ih.
    public void addConstant(int from, int columns, float[] in, int inAt, float[] constant) {
        inputWeights.multiply(from, columns, in, inAt, constant, 0, constant, 0, false);
    }

    /// One step in place.
    ///
    /// @param in inputs `[inputs]` from `inAt`
    /// @param constant `[3][slot]`
    /// @param gates scratch `[4][slot]`
    /// @param state `[slot]`, replaced by the next state
    /// @param turn count of the steps done so far, in either direction: odd ones read the weights in reverse
    public void step(float[] in, int inAt, float[] constant, float[] gates, float[] state, int turn) {
        inputWeights.multiply(0, inputs, in, inAt, constant, 0, gates, slot, false);
        System.arraycopy(candidateBias, 0, gates, 0, slot);
        recurrentWeights.multiply(0, hidden, state, 0, gates, 0, gates, 0, (turn & 1) == 1);
        GruGates.activate(gates, 0, slot, state, 0, state, 0, slot, false);
    }
}
