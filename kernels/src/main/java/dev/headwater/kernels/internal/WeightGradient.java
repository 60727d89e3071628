package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Sums the gradient of a weight matrix over tiles and steps, lane by lane, and sums over the lanes once at the
/// end.
///
/// The lanes are added in index order: the Vector API does not specify the order of its own reduction, so the last
/// bits could differ.
public final class WeightGradient {
    /// Steps whose values all blocks read before the next steps are read: about as many as the second-level cache
    /// holds. Sums are the same with any number.
    private static final int STEPS_AT_ONCE = 16;

    private final int rows;
    private final int columns;
    private final int paddedColumns;

    /// `[rows][paddedColumns][lane]`
    private final float[] sums;

    /// @param rows a multiple of four
    /// @param columns any number; the tiles given must have `paddedRows(columns)` rows, with finite padding
    public WeightGradient(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.paddedColumns = Lanes.paddedRows(columns);
        this.sums = new float[rows * paddedColumns * LENGTH];
    }

    /// Resets the sums to zero.
    public void clear() {
        Arrays.fill(sums, 0f);
    }

    /// `sums[row][column] += sum over steps and windows of gradient[step][row][w] * in[step][column][w]`.
    ///
    /// @param gradient `[rows][width]` per step, from `gradientAt`, steps `gradientStep` apart
    /// @param in `[paddedColumns][width]` per step, from `inAt`, steps `inStep` apart
    public void add(
            float[] gradient,
            int gradientAt,
            int gradientStep,
            float[] in,
            int inAt,
            int inStep,
            int steps,
            int width) {
        for (int first = 0; first < steps; first += STEPS_AT_ONCE) {
            int count = Math.min(STEPS_AT_ONCE, steps - first);
            int gradientFrom = gradientAt + first * gradientStep;
            addSome(gradient, gradientFrom, gradientStep, in, inAt + first * inStep, inStep, count, width);
        }
    }

    private void addSome(
            float[] gradient,
            int gradientAt,
            int gradientStep,
            float[] in,
            int inAt,
            int inStep,
            int steps,
            int width) {
        for (int row = 0; row < rows; row += 4) {
            for (int column = 0; column < paddedColumns; column += 4) {
                block(
                        sums,
                        (row * paddedColumns + column) * LENGTH,
                        paddedColumns * LENGTH,
                        gradient,
                        gradientAt + row * width,
                        gradientStep,
                        in,
                        inAt + column * width,
                        inStep,
                        steps,
                        width);
            }
        }
    }

    /// Adds the lanes' sums to `target[targetAt + targetRow * stride + column]`. Row 0 here is target row
    /// `firstRow` and the rows wrap around: the inverse of the rotation in [MatrixView#transposed(int)].
    public void addTo(float[] target, int targetAt, int stride, int firstRow) {
        for (int row = 0; row < rows; row++) {
            int targetRow = targetAt + (row + firstRow) % rows * stride;
            for (int column = 0; column < columns; column++) {
                target[targetRow + column] += laneSum((row * paddedColumns + column) * LENGTH);
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

    private static void block(
            float[] sums,
            int s0,
            int sumRow,
            float[] gradient,
            int gradientAt,
            int gradientStep,
            float[] in,
            int inAt,
            int inStep,
            int steps,
            int width) {
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
        for (int step = 0; step < steps; step++) {
            int g = gradientAt + step * gradientStep;
            int x = inAt + step * inStep;
            for (int w = 0; w < width; w += LENGTH) {
                FloatVector x0 = fromArray(SPECIES, in, x + w);
                FloatVector x1 = fromArray(SPECIES, in, x + width + w);
                FloatVector x2 = fromArray(SPECIES, in, x + 2 * width + w);
                FloatVector x3 = fromArray(SPECIES, in, x + 3 * width + w);
                FloatVector v = fromArray(SPECIES, gradient, g + w);
                a00 = v.fma(x0, a00);
                a01 = v.fma(x1, a01);
                a02 = v.fma(x2, a02);
                a03 = v.fma(x3, a03);
                v = fromArray(SPECIES, gradient, g + width + w);
                a10 = v.fma(x0, a10);
                a11 = v.fma(x1, a11);
                a12 = v.fma(x2, a12);
                a13 = v.fma(x3, a13);
                v = fromArray(SPECIES, gradient, g + 2 * width + w);
                a20 = v.fma(x0, a20);
                a21 = v.fma(x1, a21);
                a22 = v.fma(x2, a22);
                a23 = v.fma(x3, a23);
                v = fromArray(SPECIES, gradient, g + 3 * width + w);
                a30 = v.fma(x0, a30);
                a31 = v.fma(x1, a31);
                a32 = v.fma(x2, a32);
                a33 = v.fma(x3, a33);
            }
        }
        a00.intoArray(sums, s0);
        a01.intoArray(sums, s0 + LENGTH);
        a02.intoArray(sums, s0 + 2 * LENGTH);
        a03.intoArray(sums, s0 + 3 * LENGTH);
        a10.intoArray(sums, s1);
        a11.intoArray(sums, s1 + LENGTH);
        a12.intoArray(sums, s1 + 2 * LENGTH);
        a13.intoArray(sums, s1 + 3 * LENGTH);
        a20.intoArray(sums, s2);
        a21.intoArray(sums, s2 + LENGTH);
        a22.intoArray(sums, s2 + 2 * LENGTH);
        a23.intoArray(sums, s2 + 3 * LENGTH);
        a30.intoArray(sums, s3);
        a31.intoArray(sums, s3 + LENGTH);
        a32.intoArray(sums, s3 + 2 * LENGTH);
        a33.intoArray(sums, s3 + 3 * LENGTH);
    }
}
