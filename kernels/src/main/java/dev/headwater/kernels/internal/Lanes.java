package dev.headwater.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Vector length and tile widths of this machine.
public final class Lanes {
    /// The JVM's preferred vector shape on this machine.
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /// Floats in one vector.
    public static final int LENGTH = SPECIES.length();

    /// Windows in the widest tile: four vectors, the width of the largest register block.
    public static final int WIDEST_TILE = 4 * LENGTH;

    private Lanes() {}

    /// Lanes of the narrowest tile that holds `windows` (at most [#WIDEST_TILE]) windows: a multiple of [#LENGTH].
    public static int tileWidth(int windows) {
        return roundUp(windows, LENGTH);
    }

    /// Rows allocated for `rows` rows: kernels work on four rows at a time.
    public static int paddedRows(int rows) {
        return roundUp(rows, 4);
    }

    /// The smallest multiple of `multiple` that is at least `value`.
    public static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
