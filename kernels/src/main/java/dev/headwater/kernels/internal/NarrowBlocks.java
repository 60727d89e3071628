package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// The blocks of [TileGemm] for tiles narrower than the widest. Arguments are those of the product, with the
/// offsets of the block's first values.
final class NarrowBlocks {
    private NarrowBlocks() {}

    /// Four rows from `row` on, two vectors each.
    static void block4x2(
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

    /// As [#block4x2] for eight rows.
    static void block8x2(
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

    /// Eight rows from `row` on, one vector each.
    static void block8x1(
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

    /// As [#block8x1] for four rows.
    static void block4x1(
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
