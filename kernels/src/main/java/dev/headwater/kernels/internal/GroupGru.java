package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;

/// Forward pass of one GRU for a group of windows, with hidden units across the lanes and transposed copies of the
/// weights. Sums run in the order of [TileGemm] and the gates are those of [GruGates]: a window's result is
/// bit-identical in a group and in a tile. Immutable; buffers come from the caller.
public final class GroupGru {
    private final int inputs;
    private final int hidden;

    /// Hidden units rounded up to whole vectors; lanes beyond `hidden` hold zero weights
    private final int slot;

    /// From `[inputs + hidden]` to r and z: one product instead of two per step
    private final GroupGemm joint;

    /// From `[inputs]` and from `[hidden]` to `[slot]`, the two halves of the candidate
    private final GroupGemm candidateInputs;

    private final GroupGemm candidateState;

    /// From `[constants]` to `[3][slot]`, gates r, z, n
    private final GroupGemm constants;

    /// `[4][slot]` in the order of [GruGates]: recurrent bias of n, both biases of r and z, input bias of n
    private final float[] bias;

    /// Copies the parameters at `layout` of a flat array.
    public GroupGru(GruLayout layout, float[] parameters) {
        this.inputs = layout.inputs();
        this.hidden = layout.hidden();
        this.slot = slotSize(hidden);
        int constantColumns = layout.inputStride() - inputs;
        MatrixView in = layout.inputColumns(parameters, 0, inputs);
        MatrixView recurrent = layout.recurrentRows(parameters, 0, layout.gateRows());
        MatrixView rows = MatrixView.zeros(layout.gateRows(), inputs + hidden);
        in.copyTo(rows, 0);
        recurrent.copyTo(rows, inputs);
        this.joint = transposed(rows, 0, 2);
        this.candidateInputs = transposed(in, 2, 1);
        this.candidateState = transposed(recurrent, 2, 1);
        this.constants = transposed(layout.inputColumns(parameters, inputs, constantColumns), 0, 3);
        this.bias = new float[4 * slot];
        for (int unit = 0; unit < hidden; unit++) {
            int inputAt = layout.inputBiasOffset() + unit;
            int recurrentAt = layout.recurrentBiasOffset() + unit;
            bias[unit] = parameters[recurrentAt + 2 * hidden];
            bias[slot + unit] = parameters[inputAt] + parameters[recurrentAt];
            bias[2 * slot + unit] = parameters[inputAt + hidden] + parameters[recurrentAt + hidden];
            bias[3 * slot + unit] = parameters[inputAt + 2 * hidden];
        }
    }

    /// Floats of a state: hidden units rounded up to whole vectors.
    public static int slotSize(int hidden) {
        return Lanes.roundUp(hidden, LENGTH);
    }

    /// The most windows in a group: four or one.
    public static int widest(int hidden) {
        return GroupGemm.widest(slotSize(hidden));
    }

    private GroupGemm transposed(MatrixView weights, int firstGate, int gates) {
        float[] copy = new float[weights.columns() * gates * slot]; // [columns][gates][slot]
        for (int row = 0; row < gates * hidden; row++) {
            int source = weights.offset() + (firstGate * hidden + row) * weights.stride();
            int output = row / hidden * slot + row % hidden;
            for (int column = 0; column < weights.columns(); column++) {
                copy[column * gates * slot + output] = weights.data()[source + column];
            }
        }
        return new GroupGemm(copy, weights.columns(), gates * slot);
    }

    /// Starts a group: `constant` `[4][windows][slot]` becomes the biases.
    public void begin(int windows, float[] constant) {
        for (int i = 0; i < 4 * windows; i++) {
            System.arraycopy(bias, i / windows * slot, constant, i * slot, slot);
        }
    }

    /// Adds to `constant` the projection of inputs that are the same at every step.
    ///
    /// @param from the first of these inputs, 0 being the one after those of a step
    /// @param in `[windows][columns]` from `inAt`, rows `stride` apart
    /// @param constant `[4][windows][slot]`
    public void addConstant(int windows, int from, int columns, float[] in, int inAt, int stride, float[] constant) {
        int at = windows * slot;
        constants.multiply(windows, from, columns, in, inAt, stride, constant, at, constant, at, slot, false);
    }

    /// Floats of a window's row: its inputs of a step, then its state.
    public int rowSize() {
        return inputs + slot;
    }

    /// Begin of the state in a row.
    public int stateAt() {
        return inputs;
    }

    /// One step in place.
    ///
    /// @param windows 1, 2 or 4, at most [#widest]
    /// @param in `[windows][inputs]` from `inAt`, rows `stride` apart
    /// @param constant `[4][windows][slot]`
    /// @param gates scratch `[4][windows][slot]`
    /// @param rows `[windows][rowSize]`: the inputs are overwritten by those of `in`, the state by the next state
    /// @param turn count of the steps done so far, in either direction: odd ones read the weights in reverse
    public void step(
            int windows, float[] in, int inAt, int stride, float[] constant, float[] gates, float[] rows, int turn) {
        int rowSize = inputs + slot;
        for (int window = 0; window < windows; window++) {
            for (int i = 0; i < inputs; i++) {
                rows[window * rowSize + i] = in[inAt + window * stride + i];
            }
        }
        preActivate(windows, rows, constant, gates, (turn & 1) == 1);
        int size = windows * slot;
        GruGates.activate(gates, 0, size, size, false);
        for (int window = 0; window < windows; window++) {
            int state = window * rowSize + inputs;
            int z = 2 * size + window * slot;
            GruGates.nextState(gates, z, z + size, rows, state, rows, state, slot);
        }
    }

    private void preActivate(int windows, float[] rows, float[] constant, float[] gates, boolean reversed) {
        if (reversed) {
            candidate(windows, rows, constant, gates);
        }
        int r = windows * slot;
        joint.multiply(windows, 0, inputs + hidden, rows, 0, inputs + slot, constant, r, gates, r, slot, reversed);
        if (!reversed) {
            candidate(windows, rows, constant, gates);
        }
    }

    private void candidate(int windows, float[] rows, float[] constant, float[] gates) {
        int rowSize = inputs + slot;
        int n = 3 * windows * slot;
        candidateInputs.multiply(windows, 0, inputs, rows, 0, rowSize, constant, n, gates, n, slot, false);
        candidateState.multiply(windows, 0, hidden, rows, inputs, rowSize, constant, 0, gates, 0, slot, false);
    }
}
