package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/// Product of a weight matrix and a group of 1, 2 or 4 windows, with the outputs across the lanes. Immutable.
///
/// An output sums `init + w[0] x[0] + w[1] x[1] + ...` in this order with fused multiply-adds, as [TileGemm] does.
///
/// A block of four vectors of outputs and four windows needs eight loads for its sixteen multiply-adds. With
/// fewer windows, loading the weights takes most of the time. They lie off the heap because heap arrays are not
/// aligned: nearly every vector of 64 bytes would cross a cache line and need two loads. They lie in blocks of
/// outputs because a recurrent layer reads all of them at every step, more than the first-level cache holds:
/// reversing the block order at every second step starts with the blocks that were read last and are still cached.
final class GroupGemm {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Vectors in a block
    private static final int[] BLOCKS = {4, 2, 1};

    private static final long BYTES = 4L * LENGTH;

    private final int columns;

    /// First output of each block, and the number of outputs
    private final int[] starts;

    /// One block after the other, `[columns][outputs of the block]` each
    private final MemorySegment weights;

    /// Copies the weights.
    ///
    /// @param transposed `[columns][outputs]`
    /// @param outputs a multiple of [Lanes#LENGTH]
    GroupGemm(float[] transposed, int columns, int outputs) {
        this.columns = columns;
        this.starts = starts(outputs);
        this.weights = Arena.ofAuto().allocate(4L * transposed.length, BYTES);
        long to = 0;
        for (int block = 0; block + 1 < starts.length; block++) {
            int size = starts[block + 1] - starts[block];
            for (int column = 0; column < columns; column++) {
                int from = column * outputs + starts[block];
                MemorySegment.copy(transposed, from, weights, ValueLayout.JAVA_FLOAT, to, size);
                to += 4L * size;
            }
        }
    }

    private static int[] starts(int outputs) {
        IntStream.Builder starts = IntStream.builder();
        int start = 0;
        for (int vectors : BLOCKS) {
            for (; start + vectors * LENGTH <= outputs; start += vectors * LENGTH) {
                starts.add(start);
            }
        }
        return starts.add(outputs).build().toArray();
    }

    /// The most windows in a group whose outputs lie in slots of this size: four where whole blocks fill a slot.
    static int widest(int slot) {
        return slot % (BLOCKS[0] * LENGTH) == 0 ? 4 : 1;
    }

    /// `out[o][window] = init[o][window] + sum over k of weights(o, from + k) * in[window][k]`, where outputs lie in
    /// slots: `[output / slot][window][output % slot]`.
    ///
    /// @param windows 1, 2 or 4, at most [#widest] of the slot
    /// @param from first of `depth` columns
    /// @param in `[windows][depth]` from `inAt`, rows `stride` apart
    /// @param init `[outputs / slot][windows][slot]` from `initAt`; may be `out` itself
    /// @param out `[outputs / slot][windows][slot]` from `outAt`
    /// @param reversed whether the last block goes first; the sums are the same
    void multiply(
            int windows,
            int from,
            int depth,
            float[] in,
            int inAt,
            int stride,
            float[] init,
            int initAt,
            float[] out,
            int outAt,
            int slot,
            boolean reversed) {
        int blocks = starts.length - 1;
        for (int i = 0; i < blocks; i++) {
            int block = reversed ? blocks - 1 - i : i;
            int start = starts[block];
            int size = starts[block + 1] - start;
            long w = 4L * (start * columns + from * size);
            int at = start / slot * slot * windows + start % slot;
            if (size == LENGTH) {
                block1x1(weights, w, depth, in, inAt, init, initAt + at, out, outAt + at);
            } else if (size == 2 * LENGTH) {
                block2x1(weights, w, depth, in, inAt, init, initAt + at, out, outAt + at);
            } else if (windows == 4) {
                block4x4(weights, w, depth, in, inAt, stride, init, initAt + at, out, outAt + at, slot);
            } else if (windows == 2) {
                block4x2(weights, w, depth, in, inAt, stride, init, initAt + at, out, outAt + at, slot);
            } else {
                block4x1(weights, w, depth, in, inAt, init, initAt + at, out, outAt + at);
            }
        }
    }

    private static void block4x4(
            MemorySegment weights,
            long start,
            int depth,
            float[] in,
            int x0,
            int stride,
            float[] init,
            int i0,
            float[] out,
            int o0,
            int slot) {
        int x1 = x0 + stride;
        int x2 = x1 + stride;
        int x3 = x2 + stride;
        int i1 = i0 + slot;
        int i2 = i1 + slot;
        int i3 = i2 + slot;
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
            long w = start + k * (4 * BYTES);
            FloatVector w0 = fromMemorySegment(SPECIES, weights, w, ORDER);
            FloatVector w1 = fromMemorySegment(SPECIES, weights, w + BYTES, ORDER);
            FloatVector w2 = fromMemorySegment(SPECIES, weights, w + 2 * BYTES, ORDER);
            FloatVector w3 = fromMemorySegment(SPECIES, weights, w + 3 * BYTES, ORDER);
            FloatVector x = broadcast(SPECIES, in[x0 + k]);
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
            x = broadcast(SPECIES, in[x1 + k]);
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            a12 = x.fma(w2, a12);
            a13 = x.fma(w3, a13);
            x = broadcast(SPECIES, in[x2 + k]);
            a20 = x.fma(w0, a20);
            a21 = x.fma(w1, a21);
            a22 = x.fma(w2, a22);
            a23 = x.fma(w3, a23);
            x = broadcast(SPECIES, in[x3 + k]);
            a30 = x.fma(w0, a30);
            a31 = x.fma(w1, a31);
            a32 = x.fma(w2, a32);
            a33 = x.fma(w3, a33);
        }
        int o1 = o0 + slot;
        int o2 = o1 + slot;
        int o3 = o2 + slot;
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
            MemorySegment weights,
            long start,
            int depth,
            float[] in,
            int x0,
            int stride,
            float[] init,
            int i0,
            float[] out,
            int o0,
            int slot) {
        int x1 = x0 + stride;
        int i1 = i0 + slot;
        FloatVector a00 = fromArray(SPECIES, init, i0);
        FloatVector a01 = fromArray(SPECIES, init, i0 + LENGTH);
        FloatVector a02 = fromArray(SPECIES, init, i0 + 2 * LENGTH);
        FloatVector a03 = fromArray(SPECIES, init, i0 + 3 * LENGTH);
        FloatVector a10 = fromArray(SPECIES, init, i1);
        FloatVector a11 = fromArray(SPECIES, init, i1 + LENGTH);
        FloatVector a12 = fromArray(SPECIES, init, i1 + 2 * LENGTH);
        FloatVector a13 = fromArray(SPECIES, init, i1 + 3 * LENGTH);
        for (int k = 0; k < depth; k++) {
            long w = start + k * (4 * BYTES);
            FloatVector w0 = fromMemorySegment(SPECIES, weights, w, ORDER);
            FloatVector w1 = fromMemorySegment(SPECIES, weights, w + BYTES, ORDER);
            FloatVector w2 = fromMemorySegment(SPECIES, weights, w + 2 * BYTES, ORDER);
            FloatVector w3 = fromMemorySegment(SPECIES, weights, w + 3 * BYTES, ORDER);
            FloatVector x = broadcast(SPECIES, in[x0 + k]);
            a00 = x.fma(w0, a00);
            a01 = x.fma(w1, a01);
            a02 = x.fma(w2, a02);
            a03 = x.fma(w3, a03);
            x = broadcast(SPECIES, in[x1 + k]);
            a10 = x.fma(w0, a10);
            a11 = x.fma(w1, a11);
            a12 = x.fma(w2, a12);
            a13 = x.fma(w3, a13);
        }
        int o1 = o0 + slot;
        a00.intoArray(out, o0);
        a01.intoArray(out, o0 + LENGTH);
        a02.intoArray(out, o0 + 2 * LENGTH);
        a03.intoArray(out, o0 + 3 * LENGTH);
        a10.intoArray(out, o1);
        a11.intoArray(out, o1 + LENGTH);
        a12.intoArray(out, o1 + 2 * LENGTH);
        a13.intoArray(out, o1 + 3 * LENGTH);
    }

    private static void block4x1(
            MemorySegment weights, long start, int depth, float[] in, int x0, float[] init, int i, float[] out, int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        FloatVector a2 = fromArray(SPECIES, init, i + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, init, i + 3 * LENGTH);
        for (int k = 0; k < depth; k++) {
            long w = start + k * (4 * BYTES);
            FloatVector x = broadcast(SPECIES, in[x0 + k]);
            a0 = x.fma(fromMemorySegment(SPECIES, weights, w, ORDER), a0);
            a1 = x.fma(fromMemorySegment(SPECIES, weights, w + BYTES, ORDER), a1);
            a2 = x.fma(fromMemorySegment(SPECIES, weights, w + 2 * BYTES, ORDER), a2);
            a3 = x.fma(fromMemorySegment(SPECIES, weights, w + 3 * BYTES, ORDER), a3);
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
        a2.intoArray(out, o + 2 * LENGTH);
        a3.intoArray(out, o + 3 * LENGTH);
    }

    private static void block2x1(
            MemorySegment weights, long start, int depth, float[] in, int x0, float[] init, int i, float[] out, int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        for (int k = 0; k < depth; k++) {
            long w = start + k * (2 * BYTES);
            FloatVector x = broadcast(SPECIES, in[x0 + k]);
            a0 = x.fma(fromMemorySegment(SPECIES, weights, w, ORDER), a0);
            a1 = x.fma(fromMemorySegment(SPECIES, weights, w + BYTES, ORDER), a1);
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
    }

    private static void block1x1(
            MemorySegment weights, long start, int depth, float[] in, int x0, float[] init, int i, float[] out, int o) {
        FloatVector sum = fromArray(SPECIES, init, i);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(SPECIES, in[x0 + k]);
            sum = x.fma(fromMemorySegment(SPECIES, weights, start + k * BYTES, ORDER), sum);
        }
        sum.intoArray(out, o);
    }
}
