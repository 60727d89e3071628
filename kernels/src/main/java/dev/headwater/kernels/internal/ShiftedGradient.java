package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Sums the gradient of the weights of a [ShiftedGemm], lane by lane, and sums over the lanes once at the end, in
/// index order as in [WeightGradient].
public final class ShiftedGradient {
    private final int rows;
    private final int columns;
    private final int paddedColumns;

    /// `[padded rows][paddedColumns][lane]`
    private final float[] sums;

    /// @param rows    outputs
    /// @param columns depth of the product
    public ShiftedGradient(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.paddedColumns = Lanes.paddedRows(columns);
        this.sums = new float[Lanes.paddedRows(rows) * paddedColumns * LENGTH];
    }

    /// Resets the sums to zero.
    public void clear() {
        Arrays.fill(sums, 0f);
    }

    /// `sums[row][column] += sum over t of gradient[row][t] * in[offsets[column] + t]`.
    ///
    /// @param gradient `[padded rows][width]` from `gradientAt`, rows `gradientStride` apart
    /// @param in       from `offsets[column]`, `[width]` for every column, all finite
    /// @param offsets  `[columns]`
    /// @param width    a multiple of [Lanes#LENGTH]
    public void add(float[] gradient, int gradientAt, int gradientStride, float[] in, int[] offsets, int width) {
        for (int row = 0; row < rows; row += 4) {
            for (int column = 0; column < columns; column += 4) {
                int at = (row * paddedColumns + column) * LENGTH;
                int g = gradientAt + row * gradientStride;
                block(sums, at, paddedColumns * LENGTH, gradient, g, gradientStride, in, offsets, column, width);
            }
        }
    }

    /// Adds the lanes' sums to `target[targetAt + row * columns + column]`.
    public void addTo(float[] target, int targetAt) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target[targetAt + row * columns + column] += laneSum((row * paddedColumns + column) * LENGTH);
            }
        }
    }

    private float laneSum(int at) {
        float sum = 0f;
        for (int lane = 0; lane < LENGTH; lane++) {
            sum += sums[at + lane];
        }
        return sum;
    }

    /// Columns beyond the last one repeat it: their sums are not read.
    private static void block(
            float[] sums,
            int s0,
            int sumRow,
            float[] gradient,
            int g0,
            int gradientStride,
            float[] in,
            int[] offsets,
            int column,
            int width) {
        int last = offsets.length - 1;
        int c0 = offsets[column];
        int c1 = offsets[Math.min(column + 1, last)];
        int c2 = offsets[Math.min(column + 2, last)];
        int c3 = offsets[Math.min(column + 3, last)];
        int g1 = g0 + gradientStride;
        int g2 = g1 + gradientStride;
        int g3 = g2 + gradientStride;
        int s1 = s0 + sumRow;
        int s2 = s1 + sumRow;
        int s3 = s2 + sumRow;
        FloatVector a00 = fromArray(SPECIES, sums, s0);
        FloatVector a01 = fromArray(SPECIES, sums, s0 + LENGTH);
        FloatVector a02 = fromArray(SPECIES, sums, s0 + 2 * LENGTH);
        FloatVector a03 = fromArray(SPECIES, sums, s0 + 3 * LENGTH);
        FloatVector a10 = fromArray(SPECIES, sums, s1);
        FloatVector a11 = fromArray(SPECIES, sums, s1 + LENGTH);
        FloatVector a12 = fromArray(SPECIES, sums, s1 + 2 * LENGTH);
        FloatVector a13 = fromArray(SPECIES, sums, s1 + 3 * LENGTH);
        FloatVector a20 = fromArray(SPECIES, sums, s2);
        FloatVector a21 = fromArray(SPECIES, sums, s2 + LENGTH);
        FloatVector a22 = fromArray(SPECIES, sums, s2 + 2 * LENGTH);
        FloatVector a23 = fromArray(SPECIES, sums, s2 + 3 * LENGTH);
        FloatVector a30 = fromArray(SPECIES, sums, s3);
        FloatVector a31 = fromArray(SPECIES, sums, s3 + LENGTH);
        FloatVector a32 = fromArray(SPECIES, sums, s3 + 2 * LENGTH);
        FloatVector a33 = fromArray(SPECIES, sums, s3 + 3 * LENGTH);
        for (int t = 0; t < width; t += LENGTH) {
            FloatVector x0 = fromArray(SPECIES, in, c0 + t);
            FloatVector x1 = fromArray(SPECIES, in, c1 + t);
            FloatVector x2 = fromArray(SPECIES, in, c2 + t);
            FloatVector x3 = fromArray(SPECIES, in, c3 + t);
            FloatVector v = fromArray(SPECIES, gradient, g0 + t);
            a00 = v.fma(x0, a00);
            a01 = v.fma(x1, a01);
            a02 = v.fma(x2, a02);
            a03 = v.fma(x3, a03);
            v = fromArray(SPECIES, gradient, g1 + t);
            a10 = v.fma(x0, a10);
            a11 = v.fma(x1, a11);
            a12 = v.fma(x2, a12);
            a13 = v.fma(x3, a13);
            v = fromArray(SPECIES, gradient, g2 + t);
            a20 = v.fma(x0, a20);
            a21 = v.fma(x1, a21);
            a22 = v.fma(x2, a22);
            a23 = v.fma(x3, a23);
            v = fromArray(SPECIES, gradient, g3 + t);
            a30 = v.fma(x0, a30);
            a31 = v.fma(x1, a31);
            a32 = v.fma(x2, a32);
            a33 = v.fma(x3, a33);
        }
        store4(a00, a01, a02, a03, sums, s0);
        store4(a10, a11, a12, a13, sums, s1);
        store4(a20, a21, a22, a23, sums, s2);
        store4(a30, a31, a32, a33, sums, s3);
    }

    private static void store4(FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out, int at) {
        a.intoArray(out, at);
        b.intoArray(out, at + LENGTH);
        c.intoArray(out, at + 2 * LENGTH);
        d.intoArray(out, at + 3 * LENGTH);
    }
}
