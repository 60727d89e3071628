package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// Sums of a tile's values over steps and over windows.
public final class TileSums {
    private static final float TINY = 1e-25f;

    private TileSums() {}

    /// `out[i] = sum over steps of in[step * stepSize + i]` for i below `size`, a multiple of [Lanes#LENGTH].
    public static void overSteps(float[] in, int stepSize, int steps, float[] out, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int step = 0; step < steps; step++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, in, step * stepSize + i));
            }
            sum.intoArray(out, i);
        }
    }

    /// `sums[i] += in[at + i]` for i below `size`, a multiple of [Lanes#LENGTH].
    public static void add(float[] in, int at, float[] sums, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector.fromArray(SPECIES, sums, i)
                    .add(FloatVector.fromArray(SPECIES, in, at + i))
                    .intoArray(sums, i);
        }
    }

    /// Replaces values of a magnitude below 1e-25 by zero. A gradient that vanishes over hundreds of steps would end
    /// in subnormal numbers, with which processors calculate several times slower.
    ///
    /// @param values `[size]`, a multiple of [Lanes#LENGTH]
    public static void flushTiny(float[] values, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(SPECIES, values, i);
            value.blend(0f, value.abs().compare(LT, TINY)).intoArray(values, i);
        }
    }

    /// `sums[row] += sum over w of in[row][w]` for every row of `sums`.
    public static void addOverWindows(float[] in, int width, double[] sums) {
        for (int row = 0; row < sums.length; row++) {
            float sum = 0f;
            for (int w = 0; w < width; w++) {
                sum += in[row * width + w];
            }
            sums[row] += sum;
        }
    }
}
