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
            NarrowBlocks.block8x2(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
        if (row < rows) {
            int at = row * width;
            NarrowBlocks.block4x2(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
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
            NarrowBlocks.block8x1(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
        }
        if (row < rows) {
            int at = row * width;
            NarrowBlocks.block4x1(weights, first + row, in, inAt, init, initAt + at, out, outAt + at, width);
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
}
