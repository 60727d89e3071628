package dev.headwater.forecasting.gru.internal;

import static dev.headwater.forecasting.gru.internal.Lanes.LENGTH;
import static dev.headwater.forecasting.gru.internal.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/// Factors of a tile's hidden units, `[hidden][width]`: dropout that stays the same over all steps.
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
            load(values, at + i).mul(load(mask, i)).intoArray(out, outAt + i);
        }
    }

    /// `sum += values * mask`, element by element.
    ///
    /// @param values `[size]`
    /// @param mask `[size]`
    /// @param sum `[size]`
    public static void addProduct(float[] values, float[] mask, float[] sum, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            load(values, i).fma(load(mask, i), load(sum, i)).intoArray(sum, i);
        }
    }

    private static FloatVector load(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
