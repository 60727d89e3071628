package dev.headwater.kernels.internal;

/// Offsets of one GRU's tensors in a flat parameter array. They lie one after the other, named as in PyTorch:
/// `weight_ih [3 hidden, inputs + constants]`, `weight_hh [3 hidden, hidden]`, `bias_ih [3 hidden]`, `bias_hh
/// [3 hidden]`, gates in the order r, z, n.
///
/// @param inputs inputs that change from step to step; their columns of weight_ih come first
/// @param constants inputs that are the same at every step of a window and are projected once
/// @param hidden units, a multiple of four
/// @param offset of weight_ih in the flat array
public record GruLayout(int inputs, int constants, int hidden, int offset) {

    /// Sizes of the tapes of this GRU.
    public TapeShape tape() {
        return new TapeShape(inputs, hidden, GruGates.SLOTS, 1);
    }

    /// Columns of weight_ih.
    public int inputStride() {
        return inputs + constants;
    }

    /// Rows of every tensor: one for each unit of each gate.
    public int gateRows() {
        return 3 * hidden;
    }

    /// Offset of weight_hh.
    public int recurrentOffset() {
        return offset + gateRows() * inputStride();
    }

    /// Offset of bias_ih.
    public int inputBiasOffset() {
        return recurrentOffset() + gateRows() * hidden;
    }

    /// Offset of bias_hh.
    public int recurrentBiasOffset() {
        return inputBiasOffset() + gateRows();
    }

    /// Offset just after this GRU.
    public int end() {
        return recurrentBiasOffset() + gateRows();
    }

    /// Columns `[from, from + columns)` of weight_ih.
    public MatrixView inputColumns(float[] parameters, int from, int columns) {
        return new MatrixView(parameters, offset + from, inputStride(), gateRows(), columns);
    }

    /// Rows `[from, from + rows)` of weight_hh.
    public MatrixView recurrentRows(float[] parameters, int from, int rows) {
        return new MatrixView(parameters, recurrentOffset() + from * hidden, hidden, rows, hidden);
    }
}
