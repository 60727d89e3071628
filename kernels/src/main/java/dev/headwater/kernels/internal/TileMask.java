package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

/// Factors of a tile's hidden units, `[hidden][width]`: a dropout mask that is the same at all steps.
public final class TileMask {
    private TileMask() {}

    /// `out = values * mask`, element by element; `out` may be `values`.
    ///
    /// @param values `[size]` from `at`
    /// @param mask `[size]`
    /// @param out `[size]` from `outAt`
    /// @param size a multiple of [Lanes#LENGTH]
    public static void multiply(float[] values, int at, float[] mask, float[] out, int outAt, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            fromArray(SPECIES, values, at + i).mul(fromArray(SPECIES, mask, i)).intoArray(out, outAt + i);
        }
    }

    /// `sum += values * mask`, element by element.
    ///
    /// @param values `[size]`
    /// @param mask `[size]`
    /// @param sum `[size]`
    public static void addProduct(float[] values, float[] mask, float[] sum, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            fromArray(SPECIES, values, i)
                    .fma(fromArray(SPECIES, mask, i), fromArray(SPECIES, sum, i))
                    .intoArray(sum, i);
        }
    }
}
