package dev.headwater.kernels.internal;

/// Offsets of one LSTM's tensors in a flat parameter array. They lie one after the other: `weight_ih [4 hidden,
/// inputs]`, `weight_hh [4 hidden, hidden]`, `bias [4 hidden]`, gates in PyTorch's order i, f, g, o.
///
/// @param inputs inputs of a step
/// @param hidden units, a multiple of four
/// @param offset of weight_ih in the flat array
public record LstmLayout(int inputs, int hidden, int offset) {

    /// Gates of a unit.
    public static final int GATES = 4;

    /// Rows of every tensor: one for each unit of each gate.
    public int gateRows() {
        return GATES * hidden;
    }

    /// Offset of weight_hh.
    public int recurrentOffset() {
        return offset + gateRows() * inputs;
    }

    /// Offset of the bias.
    public int biasOffset() {
        return recurrentOffset() + gateRows() * hidden;
    }
}
