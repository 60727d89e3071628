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

/// Product of a weight matrix and one vector, with the outputs across the lanes. Immutable.
///
/// An output sums `init + w[0] x[0] + w[1] x[1] + ...` in this order with fused multiply-adds, as [TileGemm] does.
///
/// Loading the weights takes most of the time. They lie off the heap because heap arrays are not aligned:
/// nearly every vector of 64 bytes would cross a cache line and need two loads. They lie in blocks of outputs
/// because a recurrent layer reads all of them at every step, more than the first-level cache holds: reversing
/// the block order at every second step starts with the blocks that were read last and are still cached.
/// second step starts with those that were read last.
final class Gemv {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Vectors in a block: the number of sums kept in registers
    private static final int[] BLOCKS = {6, 3, 1};

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
    Gemv(float[] transposed, int columns, int outputs) {
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

    /// `out[o] = init[o] + sum over k of weights(o, from + k) * in[k]`.
    ///
    /// @param depth number of columns, starting at column `from`
    /// @param in `[depth]` from `inAt`
    /// @param init `[outputs]` from `initAt`; may be `out` itself
    /// @param out `[outputs]` from `outAt`
    /// @param reversed whether the last block goes first; the sums are the same
    void multiply(
            int from,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int initAt,
            float[] out,
            int outAt,
            boolean reversed) {
        int blocks = starts.length - 1;
        for (int i = 0; i < blocks; i++) {
            int block = reversed ? blocks - 1 - i : i;
            int start = starts[block];
            int size = starts[block + 1] - start;
            long w = 4L * (start * columns + from * size);
            switch (size / LENGTH) {
                case 6 -> block6(weights, w, depth, in, inAt, init, initAt + start, out, outAt + start);
                case 3 -> block3(weights, w, depth, in, inAt, init, initAt + start, out, outAt + start);
                default -> block1(weights, w, depth, in, inAt, init, initAt + start, out, outAt + start);
            }
        }
    }

    private static void block6(
            MemorySegment weights,
            long start,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int i,
            float[] out,
            int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        FloatVector a2 = fromArray(SPECIES, init, i + 2 * LENGTH);
        FloatVector a3 = fromArray(SPECIES, init, i + 3 * LENGTH);
        FloatVector a4 = fromArray(SPECIES, init, i + 4 * LENGTH);
        FloatVector a5 = fromArray(SPECIES, init, i + 5 * LENGTH);
        for (int k = 0; k < depth; k++) {
            long w = start + k * (6 * BYTES);
            FloatVector x = broadcast(SPECIES, in[inAt + k]);
            a0 = x.fma(fromMemorySegment(SPECIES, weights, w, ORDER), a0);
            a1 = x.fma(fromMemorySegment(SPECIES, weights, w + BYTES, ORDER), a1);
            a2 = x.fma(fromMemorySegment(SPECIES, weights, w + 2 * BYTES, ORDER), a2);
            a3 = x.fma(fromMemorySegment(SPECIES, weights, w + 3 * BYTES, ORDER), a3);
            a4 = x.fma(fromMemorySegment(SPECIES, weights, w + 4 * BYTES, ORDER), a4);
            a5 = x.fma(fromMemorySegment(SPECIES, weights, w + 5 * BYTES, ORDER), a5);
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
        a2.intoArray(out, o + 2 * LENGTH);
        a3.intoArray(out, o + 3 * LENGTH);
        a4.intoArray(out, o + 4 * LENGTH);
        a5.intoArray(out, o + 5 * LENGTH);
    }

    private static void block3(
            MemorySegment weights,
            long start,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int i,
            float[] out,
            int o) {
        FloatVector a0 = fromArray(SPECIES, init, i);
        FloatVector a1 = fromArray(SPECIES, init, i + LENGTH);
        FloatVector a2 = fromArray(SPECIES, init, i + 2 * LENGTH);
        for (int k = 0; k < depth; k++) {
            long w = start + k * (3 * BYTES);
            FloatVector x = broadcast(SPECIES, in[inAt + k]);
            a0 = x.fma(fromMemorySegment(SPECIES, weights, w, ORDER), a0);
            a1 = x.fma(fromMemorySegment(SPECIES, weights, w + BYTES, ORDER), a1);
            a2 = x.fma(fromMemorySegment(SPECIES, weights, w + 2 * BYTES, ORDER), a2);
        }
        a0.intoArray(out, o);
        a1.intoArray(out, o + LENGTH);
        a2.intoArray(out, o + 2 * LENGTH);
    }

    private static void block1(
            MemorySegment weights,
            long start,
            int depth,
            float[] in,
            int inAt,
            float[] init,
            int i,
            float[] out,
            int o) {
        FloatVector sum = fromArray(SPECIES, init, i);
        for (int k = 0; k < depth; k++) {
            FloatVector x = broadcast(SPECIES, in[inAt + k]);
            sum = x.fma(fromMemorySegment(SPECIES, weights, start + k * BYTES, ORDER), sum);
        }
        sum.intoArray(out, o);
    }
}
