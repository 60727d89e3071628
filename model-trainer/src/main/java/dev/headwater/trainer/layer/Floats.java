package dev.headwater.trainer.layer;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Bulk copies between ND4J arrays, which lie off the heap, and `float[]`: element access would cost more than the
/// kernels.
public final class Floats {

    /// Arrays that are spread over more than this multiple of their length are left to ND4J.
    private static final int MOST_SPAN = 4;

    private static final int STEPS_AT_ONCE = 16;

    private Floats() {}

    /// The elements of an array in c order, whatever its strides.
    public static float[] of(INDArray array) {
        return read(array, new float[0]);
    }

    /// The elements of an array in c order, whatever its strides.
    ///
    /// @param into reused when it is at least as long as the array
    /// @return `into`, or a longer one
    public static float[] read(INDArray array, float[] into) {
        int length = Math.toIntExact(array.length());
        float[] out = into.length >= length ? into : new float[length];
        INDArray typed = array.castTo(DataType.FLOAT);
        INDArray dense = isDense(typed) ? typed : typed.dup('c');
        pointer(dense).get(out, 0, length);
        Reference.reachabilityFence(dense);
        return out;
    }

    /// The elements of `[batch, unit, step]` in the order `[batch][step][unit]`: transposed here, because
    /// ND4J's own copies of permuted arrays are slow.
    ///
    /// @param into reused when it is at least as long as the array
    /// @return `into`, or a longer one
    public static float[] readByStep(INDArray array, float[] into) {
        return readByStep(array, into, new Scratch());
    }

    /// An array in which elements are turned; a layer keeps one from batch to batch.
    static final class Scratch {

        private float[] values = {};

        private float[] of(long length) {
            values = values.length < length ? new float[Math.toIntExact(length)] : values;
            return values;
        }
    }

    /// As above.
    static float[] readByStep(INDArray array, float[] into, Scratch scratch) {
        long span = span(array);
        if (array.dataType() != DataType.FLOAT || span > MOST_SPAN * array.length()) {
            return read(array.permute(0, 2, 1), into);
        }
        float[] raw = scratch.of(span);
        pointer(array).get(raw, 0, Math.toIntExact(span));
        Reference.reachabilityFence(array);
        int length = Math.toIntExact(array.length());
        float[] out = into.length >= length ? into : new float[length];
        Strides from = new Strides((int) array.stride(0), (int) array.stride(1), (int) array.stride(2));
        copy(raw, from, out, Strides.byStep(array), array);
        return out;
    }

    /// Overwrites a dense array `[batch, unit, step]` with elements in the order `[batch][step][unit]`.
    public static void writeByStep(float[] byStep, INDArray array) {
        writeByStep(byStep, array, new Scratch());
    }

    /// As above.
    static void writeByStep(float[] byStep, INDArray array, Scratch scratch) {
        float[] byUnit = scratch.of(array.length());
        int steps = (int) array.size(2);
        copy(byStep, Strides.byStep(array), byUnit, new Strides((int) array.size(1) * steps, steps, 1), array);
        write(byUnit, array);
    }

    /// Distances of elements in a `float[]`.
    private record Strides(int batch, int unit, int step) {

        /// Those of `[batch][step][unit]`.
        static Strides byStep(INDArray array) {
            int units = (int) array.size(1);
            return new Strides((int) array.size(2) * units, 1, units);
        }
    }

    /// Copies the elements of an array of the given shape, some steps at once: the cache holds what is read and
    /// written of them, whatever the strides.
    private static void copy(float[] in, Strides from, float[] out, Strides to, INDArray shape) {
        int batch = (int) shape.size(0);
        int units = (int) shape.size(1);
        int steps = (int) shape.size(2);
        for (int first = 0; first < steps; first += STEPS_AT_ONCE) {
            int count = Math.min(STEPS_AT_ONCE, steps - first);
            for (int b = 0; b < batch; b++) {
                int read = b * from.batch + first * from.step;
                int written = b * to.batch + first * to.step;
                for (int unit = 0; unit < units; unit++) {
                    row(in, read + unit * from.unit, from.step, out, written + unit * to.unit, to.step, count);
                }
            }
        }
    }

    private static void row(float[] in, int from, int fromStep, float[] out, int to, int toStep, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i * toStep] = in[from + i * fromStep];
        }
    }

    /// Elements in memory from the array's first to its last.
    private static long span(INDArray array) {
        long span = 1;
        for (int axis = 0; axis < array.rank(); axis++) {
            span += (array.size(axis) - 1) * array.stride(axis);
        }
        return span;
    }

    /// Overwrites a dense c-order float array, which may be a view into a longer one.
    ///
    /// @param values its elements in c order, from the first on
    public static void write(float[] values, INDArray array) {
        if (array.dataType() != DataType.FLOAT || !isDense(array)) {
            throw new IllegalArgumentException(
                    "bulk write needs a dense c-order FLOAT array, found " + array.shapeInfoToString());
        }
        pointer(array).put(values, 0, Math.toIntExact(array.length()));
        Reference.reachabilityFence(array);
    }

    /// True when the elements lie one after the other in c order. Strides of axes of length 1 mean nothing.
    private static boolean isDense(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    /// The address includes the view's offset.
    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
