package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// An immutable profile.
final class FrozenProfile extends DayProfile {

    private final short[][] rows; // [row][entry], half floats, NaN = never seen
    private final short[] seen; // [row], days

    /// @param rows `[row][entry]`; not copied
    /// @param seen `[row]`, the number of days; not copied
    FrozenProfile(ProfileGrid grid, short[][] rows, short[] seen) {
        super(grid);
        this.rows = rows;
        this.seen = seen;
    }

    static FrozenProfile empty(ProfileGrid grid) {
        short[][] rows = new short[ProfileGrid.ROWS][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new short[grid.entries(row)];
            Arrays.fill(rows[row], Halves.MISSING);
        }
        return new FrozenProfile(grid, rows, new short[ProfileGrid.ROWS]);
    }

    @Override
    short half(int row, int entry) {
        return rows[row][entry];
    }

    @Override
    int seen(int row) {
        return seen[row];
    }

    /// `[entry]` of a row; not a copy.
    short[] row(int row) {
        return rows[row];
    }
}
