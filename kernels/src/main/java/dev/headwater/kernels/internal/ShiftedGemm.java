package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Product of a weight matrix and a matrix whose rows are parts of one array, which may overlap: for a convolution
/// the same sequence, shifted by a step per row. Register blocks are 4 rows x 4 vectors, 4 x 2 or 4 x 1.
public final class ShiftedGemm {
    private ShiftedGemm() {}

    /// `out[row][t] = bias[row] + sum over k of weights(row, k) * in[offsets[k] + t]`.
    ///
    /// @param weights `[rows][depth]`, rows a multiple of four
    /// @param in      from `offsets[k]`, `[width]` for every k
    /// @param offsets `[depth]`
    /// @param bias    `[rows]`
    /// @param out     `[rows][width]`
    /// @param width   a multiple of [Lanes#LENGTH]
    public static void multiply(MatrixView weights, float[] in, int[] offsets, float[] bias, float[] out, int width) {
        for (int row = 0; row < weights.rows(); row += 4) {
            int column = 0;
            for (; column + 4 * LENGTH <= width; column += 4 * LENGTH) {
                block4x4(weights, row, in, column, offsets, bias, out, row * width + column, width);
            }
            for (; column + 2 * LENGTH <= width; column += 2 * LENGTH) {
                block4x2(weights, row, in, column, offsets, bias, out, row * width + column, width);
            }
            if (column < width) {
                block4x1(weights, row, in, column, offsets, bias, out, row * width + column, width);
            }
        }
    }

    private static void block4x4(
            MatrixView view,
            int row,
            float[] in,
            int in0,
            int[] offsets,
            float[] bias,
            float[] out,
            int o0,
            int width) {
        float[] w = view.data();
        int w0 = view.offset() + row * view.stride();
        int w1 = w0 + view.stride();
        int w2 = w1 + view.stride();
        int w3 = w2 + view.stride();
        FloatVector a00 = broadcast(SPECIES, bias[row]);
        FloatVector a01 = a00;
        FloatVector a02 = a00;
        FloatVector a03 = a00;
        FloatVector a10 = broadcast(SPECIES, bias[row + 1]);
        FloatVector a11 = a10;
        FloatVector a12 = a10;
        FloatVector a13 = a10;
        FloatVector a20 = broadcast(SPECIES, bias[row + 2]);
        FloatVector a21 = a20;
        FloatVector a22 = a20;
        FloatVector a23 = a20;
        FloatVector a30 = broadcast(SPECIES, bias[row + 3]);
        FloatVector a31 = a30;
        FloatVector a32 = a30;
        FloatVector a33 = a30;
        for (int k = 0; k < offsets.length; k++) {
            int x = in0 + offsets[k];
            FloatVector x0 = fromArray(SPECIES, in, x);
            FloatVector x1 = fromArray(SPECIES, in, x + LENGTH);
            FloatVector x2 = fromArray(SPECIES, in, x + 2 * LENGTH);
            FloatVector x3 = fromArray(SPECIES, in, x + 3 * LENGTH);
            FloatVector v = broadcast(SPECIES, w[w0 + k]);
            a00 = v.fma(x0, a00);
            a01 = v.fma(x1, a01);
            a02 = v.fma(x2, a02);
            a03 = v.fma(x3, a03);
            v = broadcast(SPECIES, w[w1 + k]);
            a10 = v.fma(x0, a10);
            a11 = v.fma(x1, a11);
            a12 = v.fma(x2, a12);
            a13 = v.fma(x3, a13);
            v = broadcast(SPECIES, w[w2 + k]);
            a20 = v.fma(x0, a20);
            a21 = v.fma(x1, a21);
            a22 = v.fma(x2, a22);
            a23 = v.fma(x3, a23);
            v = broadcast(SPECIES, w[w3 + k]);
            a30 = v.fma(x0, a30);
            a31 = v.fma(x1, a31);
            a32 = v.fma(x2, a32);
            a33 = v.fma(x3, a33);
        }
        store4(a00, a01, a02, a03, out, o0);
        store4(a10, a11, a12, a13, out, o0 + width);
        store4(a20, a21, a22, a23, out, o0 + 2 * width);
        store4(a30, a31, a32, a33, out, o0 + 3 * width);
    }

    private static void store4(FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out, int at) {
        a.intoArray(out, at);
        b.intoArray(out, at + LENGTH);
        c.intoArray(out, at + 2 * LENGTH);
        d.intoArray(out, at + 3 * LENGTH);
    }

    private static void block4x2(
            MatrixView view,
            int row,
            float[] in,
            int in0,
            int[] offsets,
            float[] bias,
            float[] out,
            int o0,
            int width) {
        float[] w = view.data();
        int w0 = view.offset() + row * view.stride();
        int w1 = w0 + view.stride();
        int w2 = w1 + view.stride();
        int w3 = w2 + view.stride();
        FloatVector a00 = broadcast(SPECIES, bias[row]);
        FloatVector a01 = a00;
        FloatVector a10 = broadcast(SPECIES, bias[row + 1]);
        FloatVector a11 = a10;
        FloatVector a20 = broadcast(SPECIES, bias[row + 2]);
        FloatVector a21 = a20;
        FloatVector a30 = broadcast(SPECIES, bias[row + 3]);
        FloatVector a31 = a30;
        for (int k = 0; k < offsets.length; k++) {
            int x = in0 + offsets[k];
            FloatVector x0 = fromArray(SPECIES, in, x);
            FloatVector x1 = fromArray(SPECIES, in, x + LENGTH);
            FloatVector v = broadcast(SPECIES, w[w0 + k]);
            a00 = v.fma(x0, a00);
            a01 = v.fma(x1, a01);
            v = broadcast(SPECIES, w[w1 + k]);
            a10 = v.fma(x0, a10);
            a11 = v.fma(x1, a11);
            v = broadcast(SPECIES, w[w2 + k]);
            a20 = v.fma(x0, a20);
            a21 = v.fma(x1, a21);
            v = broadcast(SPECIES, w[w3 + k]);
            a30 = v.fma(x0, a30);
            a31 = v.fma(x1, a31);
        }
        a00.intoArray(out, o0);
        a01.intoArray(out, o0 + LENGTH);
        a10.intoArray(out, o0 + width);
        a11.intoArray(out, o0 + width + LENGTH);
        a20.intoArray(out, o0 + 2 * width);
        a21.intoArray(out, o0 + 2 * width + LENGTH);
        a30.intoArray(out, o0 + 3 * width);
        a31.intoArray(out, o0 + 3 * width + LENGTH);
    }

    private static void block4x1(
            MatrixView view,
            int row,
            float[] in,
            int in0,
            int[] offsets,
            float[] bias,
            float[] out,
            int o0,
            int width) {
        float[] w = view.data();
        int w0 = view.offset() + row * view.stride();
        int w1 = w0 + view.stride();
        int w2 = w1 + view.stride();
        int w3 = w2 + view.stride();
        FloatVector a0 = broadcast(SPECIES, bias[row]);
        FloatVector a1 = broadcast(SPECIES, bias[row + 1]);
        FloatVector a2 = broadcast(SPECIES, bias[row + 2]);
        FloatVector a3 = broadcast(SPECIES, bias[row + 3]);
        for (int k = 0; k < offsets.length; k++) {
            FloatVector x = fromArray(SPECIES, in, in0 + offsets[k]);
            a0 = x.fma(broadcast(SPECIES, w[w0 + k]), a0);
            a1 = x.fma(broadcast(SPECIES, w[w1 + k]), a1);
            a2 = x.fma(broadcast(SPECIES, w[w2 + k]), a2);
            a3 = x.fma(broadcast(SPECIES, w[w3 + k]), a3);
        }
        a0.intoArray(out, o0);
        a1.intoArray(out, o0 + width);
        a2.intoArray(out, o0 + 2 * width);
        a3.intoArray(out, o0 + 3 * width);
    }
}
