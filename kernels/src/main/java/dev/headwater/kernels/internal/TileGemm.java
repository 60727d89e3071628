package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Product of a weight matrix and a tile, in register blocks of 4 rows x 4 vectors, 4 x 2 or 8 x 1.
///
/// For every block shape, a lane sums `init + w[0] x[0] + w[1] x[1] + ...` in this order with fused
/// multiply-adds: tiles of any width give bit-identical results.
public final class TileGemm {
    private TileGemm() {}

    /// `out[row][w] = init[row][w] + sum over k of weights(row, k) * in[k][w]`.
    ///
    /// @param weights `[rows][depth]`, rows a multiple of four
    /// @param in `[depth][width]` from `inOffset`
    /// @param init `[rows][width]` from `initOffset`; may be `out` itself
    /// @param out `[rows][width]` from `outOffset`
    /// @param width lanes of the tile: a multiple of [Lanes#LENGTH], at most [Lanes#WIDEST_TILE]
    public static void multiply(
            MatrixView weights,
            float[] in,
            int inOffset,
            float[] init,
            int initOffset,
            float[] out,
            int outOffset,
            int width) {
        multiply(weights, 0, weights.rows(), in, inOffset, init, initOffset, out, outOffset, width);
    }

    /// As above, for `rows` of the matrix's rows, a multiple of four, from row `first` on.
    ///
    /// A block gets its weights as one object: with its fields as arguments a block is a
    /// fifth slower, since arguments beyond six lie on the stack.
    ///
    /// @param init `[rows][width]` from `initAt`; may be `out` itself
    /// @param out `[rows][width]` from `outAt`
    static void multiply(
            MatrixView weights,
            int first,
            int rows,
            float[] in,
            int inAt,
            float[] init,
            int initAt,
            float[] out,
            int outAt,
            int width) {
        if (width == WIDEST_TILE) {
            for (int row = 0; row < rows; row += 4) {
                int at = row * width;
                block4x4(weights, first + row, in, inAt, init, initAt + at, out, outAt + at);
            }
            return;
        }
        int column = 0;
        for (; column + 2 * LENGTH <= width; column += 2 * LENGTH) {
            int x = inAt + column;
            pairOfVectors(weights, first, rows, in, x, init, initAt + column, out, outAt + column, width);
        }
        if (column < width) {
            singleVector(weights, first, rows, in, inAt + column, init, initAt + column, out, outAt + column, width);
        }
    }

    private static void pairOfVectors(
            MatrixView weights,
            int first,
            int rows,
            float[] in,
            int inAt,
            float[] init,
            int initAt,
            float[] out,
            int outAt,
            int width) {
        int row = 0;
        for (; row + 8 <= rows; row += 8) {
            int at = row * width;
            block8x2(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
        if (row < rows) {
            int at = row * width;
            block4x2(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
    }

    private static void singleVector(
            MatrixView weights,
            int first,
            int rows,
            float[] in,
            int inAt,
            float[] init,
            int initAt,
            float[] out,
            int outAt,
            int width) {
        int row = 0;
        for (; row + 8 <= rows; row += 8) {
            int at = row * width;
            block8x1(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
        if (row < rows) {
            int at = row * width;
            block4x1(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
    }

    private static void block4x4(
            MatrixView view, int row, float[] in, int in0, float[] init, int i0, float[] out, int o0) {
        float[] w = view.data();
        int w0 = view.offset() + row * view.stride();
        int w1 = w0 + view.stride();
        int w2 = w1 + view.stride();
        int w3 = w2 + view.stride();
        int depth = view.columns();
        int i1 = i0 + WIDEST_TILE;
        int i2 = i1 + WIDEST_TILE;
        int i3 = i2 + WIDEST_TILE;
        FloatVector a00 = fromArray(SPECIES, init, i0);
        FloatVector a01 = fromArray(SPECIES, init, i0 + LENGTH);
        FloatVector a02 = fromArray(SPECIES, init, i0 + 2 * LENGTH);
        FloatVector a03 = fromArray(SPECIES, init, i0 + 3 * LENGTH);
        FloatVector a10 = fromArray(SPECIES, init, i1);
        FloatVector a11 = fromArray(SPECIES, init, i1 + LENGTH);
        FloatVector a12 = fromArray(SPECIES, init, i1 + 2 * LENGTH);
        FloatVector a13 = fromArray(SPECIES, init, i1 + 3 * LENGTH);
        FloatVector a20 = fromArray(SPECIES, init, i2);
        FloatVector a21 = fromArray(SPECIES, init, i2 + LENGTH);
        FloatVector a22 = fromArray(SPECIES, init, i2 + 2 * LENGTH);
        FloatVector a23 = fromArray(SPECIES, init, i2 + 3 * LENGTH);
        FloatVector a30 = fromArray(SPECIES, init, i3);
        FloatVector a31 = fromArray(SPECIES, init, i3 + LENGTH);
        FloatVector a32 = fromArray(SPECIES, init, i3 + 2 * LENGTH);
        FloatVector a33 = fromArray(SPECIES, init, i3 + 3 * LENGTH);
        for (int k = 0; k < depth; k++) {
            int x = in0 + k * WIDEST_TILE;
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
        int o1 = o0 + WIDEST_TILE;
        int o2 = o1 + WIDEST_TILE;
        int o3 = o2 + WIDEST_TILE;
        a00.intoArray(out, o0);
        a01.intoArray(out, o0 + LENGTH);
        a02.intoArray(out, o0 + 2 * LENGTH);
        a03.intoArray(out, o0 + 3 * LENGTH);
        a10.intoArray(out, o1);
        a11.intoArray(out, o1 + LENGTH);
        a12.intoArray(out, o1 + 2 * LENGTH);
        a13.intoArray(out, o1 + 3 * LENGTH);
        a20.intoArray(out, o2);
        a21.intoArray(out, o2 + LENGTH);
        a22.intoArray(out, o2 + 2 * LENGTH);
        a23.intoArray(out, o2 + 3 * LENGTH);
        a30.intoArray(out, o3);
        a31.intoArray(out, o3 + LENGTH);
        a32.intoArray(out, o3 + 2 * LENGTH);
        a33.intoArray(out, o3 + 3 * LENGTH);
    }

    private static void block4x2(
            MatrixView view, int row, float[] in, int in0, float[] init, int i0, float[] out, int o0, int width) {
        float[] w = view.data();
        int w0 = view.offset() + row * view.stride();
        int w1 = w0 + view.stride();
        int w2 = w1 + view.stride();
        int w3 = w2 + view.stride();
        int depth = view.columns();
        FloatVector a00 = fromArray(SPECIES, init, i0);
        FloatVector a01 = fromArray(SPECIES, init, i0 + LENGTH);
        FloatVector a10 = fromArray(SPECIES, init, i0 + width);
        FloatVector a11 = fromArray(SPECIES, init, i0 + width + LENGTH);
        FloatVector a20 = fromArray(SPECIES, init, i0 + 2 * width);
        FloatVector a21 = fromArray(SPECIES, init, i0 + 2 * width + LENGTH);
        FloatVector a30 = fromArray(SPECIES, init, i0 + 3 * width);
        FloatVector a31 = fromArray(SPECIES, init, i0 + 3 * width + LENGTH);
        int x = in0;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = fromArray(SPECIES, in, x);
            FloatVector x1 = fromArray(SPECIES, in, x + LENGTH);
            x += width;
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

    private static void block8x2(
            MatrixView view, int row, float[] in, int in0, float[] init, int i0, float[] out, int o0, int width) {
        float[] w = view.data();
        int stride = view.stride();
        int w0 = view.offset() + row * stride;
        int w1 = w0 + stride;
        int w2 = w1 + stride;
        int w3 = w2 + stride;
        int w4 = w3 + stride;
        int w5 = w4 + stride;
        int w6 = w5 + stride;
        int w7 = w6 + stride;
        int depth = view.columns();
        FloatVector a00 = fromArray(SPECIES, init, i0);
        FloatVector a01 = fromArray(SPECIES, init, i0 + LENGTH);
        FloatVector a10 = fromArray(SPECIES, init, i0 + width);
        FloatVector a11 = fromArray(SPECIES, init, i0 + width + LENGTH);
        FloatVector a20 = fromArray(SPECIES, init, i0 + 2 * width);
        FloatVector a21 = fromArray(SPECIES, init, i0 + 2 * width + LENGTH);
        FloatVector a30 = fromArray(SPECIES, init, i0 + 3 * width);
        FloatVector a31 = fromArray(SPECIES, init, i0 + 3 * width + LENGTH);
        FloatVector a40 = fromArray(SPECIES, init, i0 + 4 * width);
        FloatVector a41 = fromArray(SPECIES, init, i0 + 4 * width + LENGTH);
        FloatVector a50 = fromArray(SPECIES, init, i0 + 5 * width);
        FloatVector a51 = fromArray(SPECIES, init, i0 + 5 * width + LENGTH);
        FloatVector a60 = fromArray(SPECIES, init, i0 + 6 * width);
        FloatVector a61 = fromArray(SPECIES, init, i0 + 6 * width + LENGTH);
        FloatVector a70 = fromArray(SPECIES, init, i0 + 7 * width);
        FloatVector a71 = fromArray(SPECIES, init, i0 + 7 * width + LENGTH);
        int x = in0;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = fromArray(SPECIES, in, x);
            FloatVector x1 = fromArray(SPECIES, in, x + LENGTH);
            x += width;
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
            v = broadcast(SPECIES, w[w4 + k]);
            a40 = v.fma(x0, a40);
            a41 = v.fma(x1, a41);
            v = broadcast(SPECIES, w[w5 + k]);
            a50 = v.fma(x0, a50);
            a51 = v.fma(x1, a51);
            v = broadcast(SPECIES, w[w6 + k]);
            a60 = v.fma(x0, a60);
            a61 = v.fma(x1, a61);
            v = broadcast(SPECIES, w[w7 + k]);
            a70 = v.fma(x0, a70);
            a71 = v.fma(x1, a71);
        }
        a00.intoArray(out, o0);
        a01.intoArray(out, o0 + LENGTH);
        a10.intoArray(out, o0 + width);
        a11.intoArray(out, o0 + width + LENGTH);
        a20.intoArray(out, o0 + 2 * width);
        a21.intoArray(out, o0 + 2 * width + LENGTH);
        a30.intoArray(out, o0 + 3 * width);
        a31.intoArray(out, o0 + 3 * width + LENGTH);
        a40.intoArray(out, o0 + 4 * width);
        a41.intoArray(out, o0 + 4 * width + LENGTH);
        a50.intoArray(out, o0 + 5 * width);
        a51.intoArray(out, o0 + 5 * width + LENGTH);
        a60.intoArray(out, o0 + 6 * width);
        a61.intoArray(out, o0 + 6 * width + LENGTH);
        a70.intoArray(out, o0 + 7 * width);
        a71.intoArray(out, o0 + 7 * width + LENGTH);
    }

    private static void block8x1(
            MatrixView view, int row, float[] in, int in0, float[] init, int i0, float[] out, int o0, int width) {
        float[] w = view.data();
        int stride = view.stride();
        int w0 = view.offset() + row * stride;
        int w4 = w0 + 4 * stride;
        int depth = view.columns();
        FloatVector a0 = fromArray(SPECIES, init, i0);
        FloatVector a1 = fromArray(SPECIES, init, i0 + width);
        FloatVector a2 = fromArray(SPECIES, init, i0 + 2 * width);
        FloatVector a3 = fromArray(SPECIES, init, i0 + 3 * width);
        FloatVector a4 = fromArray(SPECIES, init, i0 + 4 * width);
        FloatVector a5 = fromArray(SPECIES, init, i0 + 5 * width);
        FloatVector a6 = fromArray(SPECIES, init, i0 + 6 * width);
        FloatVector a7 = fromArray(SPECIES, init, i0 + 7 * width);
        int x = in0;
        for (int k = 0; k < depth; k++) {
            FloatVector v = fromArray(SPECIES, in, x);
            x += width;
            a0 = v.fma(broadcast(SPECIES, w[w0 + k]), a0);
            a1 = v.fma(broadcast(SPECIES, w[w0 + stride + k]), a1);
            a2 = v.fma(broadcast(SPECIES, w[w0 + 2 * stride + k]), a2);
            a3 = v.fma(broadcast(SPECIES, w[w0 + 3 * stride + k]), a3);
            a4 = v.fma(broadcast(SPECIES, w[w4 + k]), a4);
            a5 = v.fma(broadcast(SPECIES, w[w4 + stride + k]), a5);
            a6 = v.fma(broadcast(SPECIES, w[w4 + 2 * stride + k]), a6);
            a7 = v.fma(broadcast(SPECIES, w[w4 + 3 * stride + k]), a7);
        }
        a0.intoArray(out, o0);
        a1.intoArray(out, o0 + width);
        a2.intoArray(out, o0 + 2 * width);
        a3.intoArray(out, o0 + 3 * width);
        a4.intoArray(out, o0 + 4 * width);
        a5.intoArray(out, o0 + 5 * width);
        a6.intoArray(out, o0 + 6 * width);
        a7.intoArray(out, o0 + 7 * width);
    }

    private static void block4x1(
            MatrixView view, int row, float[] in, int in0, float[] init, int i0, float[] out, int o0, int width) {
        float[] w = view.data();
        int stride = view.stride();
        int w0 = view.offset() + row * stride;
        int depth = view.columns();
        FloatVector a0 = fromArray(SPECIES, init, i0);
        FloatVector a1 = fromArray(SPECIES, init, i0 + width);
        FloatVector a2 = fromArray(SPECIES, init, i0 + 2 * width);
        FloatVector a3 = fromArray(SPECIES, init, i0 + 3 * width);
        int x = in0;
        for (int k = 0; k < depth; k++) {
            FloatVector v = fromArray(SPECIES, in, x);
            x += width;
            a0 = v.fma(broadcast(SPECIES, w[w0 + k]), a0);
            a1 = v.fma(broadcast(SPECIES, w[w0 + stride + k]), a1);
            a2 = v.fma(broadcast(SPECIES, w[w0 + 2 * stride + k]), a2);
            a3 = v.fma(broadcast(SPECIES, w[w0 + 3 * stride + k]), a3);
        }
        a0.intoArray(out, o0);
        a1.intoArray(out, o0 + width);
        a2.intoArray(out, o0 + 2 * width);
        a3.intoArray(out, o0 + 3 * width);
    }
}
