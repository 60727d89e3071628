package dev.headwater.kernels.internal;

/// A block of a row-major matrix inside a flat array: element (row, column) is `data[offset + row * stride + column]`.
public record MatrixView(float[] data, int offset, int stride, int rows, int columns) {

    /// A copy `[paddedRows(columns)][rows]` of the transpose, its missing rows zero. The matrix's rows are taken in
    /// the order they come after turning them by `firstRow`: firstRow, firstRow + 1, ..., then 0, 1, ...
    public MatrixView transposed(int firstRow) {
        int padded = Lanes.paddedRows(columns);
        float[] copy = new float[padded * rows];
        MatrixView result = new MatrixView(copy, 0, rows, padded, rows);
        transposeInto(result, firstRow);
        return result;
    }

    /// Writes the transpose anew into what [#transposed(int)] gave, for changed values of the same matrix.
    public void transposeInto(MatrixView target, int firstRow) {
        for (int i = 0; i < rows; i++) {
            int source = offset + (firstRow + i) % rows * stride;
            for (int column = 0; column < columns; column++) {
                target.data[target.offset + column * target.stride + i] = data[source + column];
            }
        }
    }
}
