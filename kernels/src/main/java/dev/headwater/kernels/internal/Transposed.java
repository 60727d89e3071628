package dev.headwater.kernels.internal;

/// A transposed copy of a block of weights, which the backward pass multiplies by; refreshed when the parameters
/// change, and shared by all workers in between.
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

    /// A copy `[hidden][3 hidden]` of weight_hh, its gates in the order n, r, z of [GruGates].
    public static Transposed recurrent(GruLayout layout, float[] parameters) {
        return new Transposed(layout.recurrentRows(parameters, 0, layout.gateRows()), 2 * layout.hidden());
    }

    /// Copies the weights anew.
    public void refresh() {
        source.transposeInto(copy, firstRow);
    }

    /// The copy.
    public MatrixView view() {
        return copy;
    }
}
