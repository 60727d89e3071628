package dev.headwater.kernels.internal;

/// A transposed copy of a block of weights for the backward pass. Refresh it after a change of the parameters;
/// until then all workers can share it.
public final class Transposed {
    private final MatrixView source;
    private final int firstRow;
    private final MatrixView copy;

    private Transposed(MatrixView source, int firstRow) {
        this.source = source;
        this.firstRow = firstRow;
        this.copy = source.transposed(firstRow);
    }

    /// A copy `[paddedRows(columns)][rows]` of a block.
    public static Transposed of(MatrixView source) {
        return new Transposed(source, 0);
    }

    /// A copy `[hidden][3 hidden]` of weight_hh, with its gates in the order n, r, z of [GruGates].
    public static Transposed recurrent(GruLayout layout, float[] parameters) {
        return new Transposed(layout.recurrentRows(parameters, 0, layout.gateRows()), 2 * layout.hidden());
    }

    /// Copies the weights again.
    public void refresh() {
        source.transposeInto(copy, firstRow);
    }

    public MatrixView view() {
        return copy;
    }
}
