package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;

/// Sums the gradient of a weight matrix over tiles and steps: the product of the gradients of the outputs and the
/// transposed inputs, with the inputs' columns across the lanes. Not thread-safe.
///
/// Lanes across the windows would need no transposition, but a vector of sums for every weight: more than the
/// first-level cache holds, read and written again and again.
public final class WeightGradient {
    private final int rows;
    private final int columns;

    /// One block of up to [Lanes#WIDEST_TILE] columns after the other, `[rows][width of the block]` each
    private final float[] sums;

    /// `[window][width of the block]`: one step's inputs
    private final float[] transposed = new float[WIDEST_TILE * WIDEST_TILE];

    /// `[lane]`: offsets of neighbouring columns of the inputs
    private final int[] places = new int[LENGTH];

    /// @param rows a multiple of four
    /// @param columns any number
    public WeightGradient(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.sums = new float[rows * Lanes.roundUp(columns, LENGTH)];
    }

    /// Resets the sums to zero.
    public void clear() {
        Arrays.fill(sums, 0f);
    }

    /// `sums[row][column] += sum over steps and windows of gradient[step][row][w] * in[step][column][w]`.
    ///
    /// @param gradient `[rows][width]` per step, from `gradientAt`, steps `gradientStep` apart, both whole
    ///     rows
    /// @param in `[columns][width]` per step, from `inAt`, steps `inStep` apart, all finite
    public void add(
            float[] gradient,
            int gradientAt,
            int gradientStep,
            float[] in,
            int inAt,
            int inStep,
            int steps,
            int width) {
        MatrixView gradients = new MatrixView(gradient, 0, width, gradient.length / width, width);
        for (int first = 0; first < columns; first += WIDEST_TILE) {
            int block = blockWidth(first);
            int at = rows * first;
            for (int step = 0; step < steps; step++) {
                int row = (gradientAt + step * gradientStep) / width;
                transpose(in, inAt + step * inStep, width, first, block);
                TileGemm.multiply(gradients, row, rows, transposed, 0, sums, at, sums, at, block);
            }
        }
    }

    /// Lanes of the block that begins at a column.
    private int blockWidth(int first) {
        return Math.min(WIDEST_TILE, Lanes.roundUp(columns - first, LENGTH));
    }

    /// Writes the columns from `first` on across the lanes; those beyond the last column repeat it.
    private void transpose(float[] in, int inAt, int width, int first, int block) {
        for (int lane = 0; lane < block; lane += LENGTH) {
            for (int i = 0; i < LENGTH; i++) {
                places[i] = Math.min(first + lane + i, columns - 1) * width;
            }
            for (int w = 0; w < width; w++) {
                fromArray(SPECIES, in, inAt + w, places, 0).intoArray(transposed, w * block + lane);
            }
        }
    }

    /// Adds the sums to `target[targetAt + targetRow * stride + column]`. Row 0 here is target row `firstRow` and the
    /// rows wrap around: the inverse of the rotation in [MatrixView#transposed(int)].
    public void addTo(float[] target, int targetAt, int stride, int firstRow) {
        for (int first = 0; first < columns; first += WIDEST_TILE) {
            int block = blockWidth(first);
            int count = Math.min(block, columns - first);
            for (int row = 0; row < rows; row++) {
                int to = targetAt + (row + firstRow) % rows * stride + first;
                int from = rows * first + row * block;
                for (int column = 0; column < count; column++) {
                    target[to + column] += sums[from + column];
                }
            }
        }
    }
}
