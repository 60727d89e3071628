package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// An immutable profile.
final class FrozenProfile extends DayProfile {

    private final short[][] rows; // [row][entry], half floats, NaN = never seen

    /// @param rows `[row][entry]`; not copied
    FrozenProfile(ProfileGrid grid, short[][] rows) {
        super(grid);
        this.rows = rows;
    }

    static FrozenProfile empty(ProfileGrid grid) {
        short[][] rows = new short[ProfileGrid.ROWS][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new short[grid.entries(row)];
            Arrays.fill(rows[row], Halves.MISSING);
        }
        return new FrozenProfile(grid, rows);
    }

    @Override
    short half(int row, int entry) {
        return rows[row][entry];
    }

    /// `[entry]` of a row; not a copy.
    short[] row(int row) {
        return rows[row];
    }
}
