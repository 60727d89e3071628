package dev.headwater.kernels.internal;

/// Layouts of the parameters of a cell with one bias: `weight_ih [gates hidden, inputs]`, `weight_hh [gates hidden,
/// hidden]`, `bias [gates hidden]`, one after the other. The caller's has the true number of units. The stored one
/// has [#rows] units for each gate; those in excess have zero weights and biases, so that their states stay zero.
///
/// @param inputs inputs of a step
/// @param gates  gates of a unit
/// @param hidden units, at least 1
public record CellLayout(int inputs, int gates, int hidden) {

    /// Units of a gate as stored.
    public int rows() {
        return Lanes.paddedRows(hidden);
    }

    /// Rows of every stored tensor.
    public int gateRows() {
        return gates * rows();
    }

    /// Length of the caller's array.
    public int parameterCount() {
        return gates * hidden * (inputs + hidden + 1);
    }

    /// Offset of the stored weight_hh.
    public int recurrentOffset() {
        return gateRows() * inputs;
    }

    /// Offset of the stored bias.
    public int biasOffset() {
        return recurrentOffset() + gateRows() * rows();
    }

    /// Length of the stored array.
    public int storedCount() {
        return biasOffset() + gateRows();
    }

    /// The stored weight_ih.
    public MatrixView inputWeights(float[] stored) {
        return new MatrixView(stored, 0, inputs, gateRows(), inputs);
    }

    /// The stored weight_hh.
    public MatrixView recurrentWeights(float[] stored) {
        return new MatrixView(stored, recurrentOffset(), rows(), gateRows(), rows());
    }

    /// Copies the caller's array into the stored one, whose other elements stay as they are.
    public void store(float[] flat, float[] stored) {
        int recurrent = gates * hidden * inputs;
        int bias = recurrent + gates * hidden * hidden;
        for (int row = 0; row < gates * hidden; row++) {
            int at = storedRow(row);
            System.arraycopy(flat, row * inputs, stored, at * inputs, inputs);
            System.arraycopy(flat, recurrent + row * hidden, stored, recurrentOffset() + at * rows(), hidden);
            stored[biasOffset() + at] = flat[bias + row];
        }
    }

    /// Copies the stored array into the caller's.
    public void restore(float[] stored, float[] flat) {
        int recurrent = gates * hidden * inputs;
        int bias = recurrent + gates * hidden * hidden;
        for (int row = 0; row < gates * hidden; row++) {
            int at = storedRow(row);
            System.arraycopy(stored, at * inputs, flat, row * inputs, inputs);
            System.arraycopy(stored, recurrentOffset() + at * rows(), flat, recurrent + row * hidden, hidden);
            flat[bias + row] = stored[biasOffset() + at];
        }
    }

    private int storedRow(int row) {
        return row / hidden * rows() + row % hidden;
    }
}
