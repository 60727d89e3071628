package dev.headwater.trainer.layer;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Bulk copies between ND4J arrays, which lie off the heap, and `float[]`: element access would cost more than the
/// kernels.
public final class Floats {

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
        if (array.dataType() != DataType.FLOAT || !isDense(array)) {
            return read(array.permute(0, 2, 1), into);
        }
        float[] byUnit = of(array);
        int units = (int) array.size(1);
        int steps = (int) array.size(2);
        float[] out = into.length >= byUnit.length ? into : new float[byUnit.length];
        turn(byUnit, (int) array.size(0), units, steps, out);
        return out;
    }

    /// Overwrites a dense array `[batch, unit, step]` with elements in the order `[batch][step][unit]`.
    public static void writeByStep(float[] byStep, INDArray array) {
        float[] byUnit = new float[Math.toIntExact(array.length())];
        turn(byStep, (int) array.size(0), (int) array.size(2), (int) array.size(1), byUnit);
        write(byUnit, array);
    }

    /// `[batch][rows][columns]` to `[batch][columns][rows]`.
    private static void turn(float[] in, int batch, int rows, int columns, float[] out) {
        for (int b = 0; b < batch; b++) {
            int at = b * rows * columns;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    out[at + column * rows + row] = in[at + row * columns + column];
                }
            }
        }
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
