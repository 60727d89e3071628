package dev.headwater.kernels.internal;

/// A transposed copy of a block of weights for the backward pass. Refresh it after a change of the parameters;
/// until then all workers can share it.
public final class Transposed {
    private static final int PART = 96; // columns; 24 KiB of inputs in the widest tile of the longest vectors

    private final MatrixView source;
    private final int firstRow;
    private final MatrixView copy;

    /// The copy in parts of columns, whose inputs stay in the first-level cache from one block of rows to the next
    private final MatrixView[] parts;

    private Transposed(MatrixView source, int firstRow) {
        this.source = source;
        this.firstRow = firstRow;
        this.copy = source.transposed(firstRow);
        this.parts = new MatrixView[Math.ceilDiv(copy.columns(), PART)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = copy.columns(i * PART, Math.min(PART, copy.columns() - i * PART));
        }
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

    /// `out[row][w] += sum over k of copy(row, k) * in[k][w]`.
    ///
    /// @param in `[columns][width]` from `inAt`
    /// @param out `[rows][width]`
    void addProduct(float[] in, int inAt, float[] out, int width) {
        for (int i = 0; i < parts.length; i++) {
            TileGemm.multiply(parts[i], in, inAt + i * PART * width, out, 0, out, 0, width);
        }
    }

    public MatrixView view() {
        return copy;
    }
}
