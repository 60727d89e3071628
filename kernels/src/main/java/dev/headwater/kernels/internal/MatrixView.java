package dev.headwater.kernels.internal;

/// A block of a row-major matrix inside a flat array: element (row, column) is `data[offset + row * stride + column]`.
public record MatrixView(float[] data, int offset, int stride, int rows, int columns) {

    /// Columns `[from, from + count)`.
    MatrixView columns(int from, int count) {
        return new MatrixView(data, offset + from, stride, rows, count);
    }

    /// A copy `[paddedRows(columns)][rows]` of the transpose, padding rows zero. The matrix's rows are rotated
    /// by `firstRow`: they are taken in the order firstRow, firstRow + 1, ..., then 0, 1, ...
    public MatrixView transposed(int firstRow) {
        int padded = Lanes.paddedRows(columns);
        float[] copy = new float[padded * rows];
        MatrixView result = new MatrixView(copy, 0, rows, padded, rows);
        transposeInto(result, firstRow);
        return result;
    }

    /// Overwrites a result of [#transposed(int)] with the transpose of this matrix's current values.
    public void transposeInto(MatrixView target, int firstRow) {
        for (int i = 0; i < rows; i++) {
            int source = offset + (firstRow + i) % rows * stride;
            for (int column = 0; column < columns; column++) {
                target.data[target.offset + column * target.stride + i] = data[source + column];
            }
        }
    }

    /// A matrix of its own.
    static MatrixView zeros(int rows, int columns) {
        return new MatrixView(new float[rows * columns], 0, columns, rows, columns);
    }

    /// Copies as many rows as the target has into its columns from `column` on.
    void copyTo(MatrixView target, int column) {
        for (int row = 0; row < target.rows; row++) {
            System.arraycopy(
                    data, offset + row * stride, target.data, target.offset + row * target.stride + column, columns);
        }
    }
}
