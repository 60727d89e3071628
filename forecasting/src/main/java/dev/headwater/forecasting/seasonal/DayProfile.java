package dev.headwater.forecasting.seasonal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A sensor's usual day, in the unit of the target: exponentially weighted means by weekday and by kind of day
/// (working day or day off), and the mean distance of the days from the mean. Between the centres of the entries
/// of a row, values are interpolated.
///
/// The profile of a [SeasonalState] changes with its readings; a [#frozen] one is immutable.
///
/// Exponentially weighted seasonal means after Holt (*Forecasting seasonals and trends by exponentially weighted moving
/// averages*, 1957), fed to a network as in Smyl (*A hybrid method of exponential smoothing and recurrent neural
/// networks*, 2020).
public abstract sealed class DayProfile permits BorrowedProfile, CurrentProfile, FrozenProfile {

    /// How fast the mean adapts.
    ///
    /// @param weekday weight of the newest day of a weekday; 0 for the plain mean of all of them
    /// @param kind    weight of the newest working day or day off; 0 for the plain mean of all of them
    public record Rates(float weekday, float kind) {
        /// Rates of the moving profile, chosen on PEMS-BAY.
        public static final Rates MOVING = new Rates(0.25f, 0.12f);

        /// The plain mean.
        public static final Rates MEAN = new Rates(0, 0);
    }

    private static final int FULL_DAYS = 14;

    private final ProfileGrid grid;

    DayProfile(ProfileGrid grid) {
        this.grid = grid;
    }

    /// A profile without any data.
    public static DayProfile empty(ProfileDays days) {
        return FrozenProfile.empty(days.form().grid());
    }

    /// An entry of a row as a half float, NaN = never seen.
    abstract short half(int row, int entry);

    /// The number of days in a row.
    abstract int seen(int row);

    /// Whether the profile has so many days of its sensor that it needs nothing of other sensors.
    public final boolean isFull() {
        return seen(ProfileDays.WEEKDAYS) + seen(ProfileDays.WEEKDAYS + 1) >= FULL_DAYS;
    }

    /// Whether its values never change.
    public final boolean isFrozen() {
        return this instanceof FrozenProfile;
    }

    final ProfileGrid grid() {
        return grid;
    }

    /// The usual value at a bin of a weekday; that of its kind of day when the weekday has no data yet, and NaN
    /// without any data.
    ///
    /// @param weekday 0 = Monday to 6 = Sunday
    /// @param kind    0 for a working day, 1 for a day off
    public final float weekday(int weekday, int kind, int bin) {
        float value = read(weekday, grid.means(), bin);
        return Float.isNaN(value) ? kind(kind, bin) : value;
    }

    /// The usual value at a bin of a kind of day; that of the other kind when this one has no data yet, and NaN
    /// without any data.
    public final float kind(int kind, int bin) {
        float value = read(ProfileDays.WEEKDAYS + kind, grid.means(), bin);
        return Float.isNaN(value) ? read(ProfileDays.WEEKDAYS + 1 - kind, grid.means(), bin) : value;
    }

    /// Mean distance of days of that kind from the usual value at a bin; NaN when unknown.
    public final float spread(int kind, int bin) {
        return read(ProfileGrid.MEANS + kind, grid.spreads(), bin);
    }

    private float read(int row, ProfileAxis axis, int bin) {
        float own = Float.float16ToFloat(half(row, axis.own(bin)));
        int other = axis.other(bin);
        return other == axis.own(bin) ? own : axis.between(bin, own, Float.float16ToFloat(half(row, other)));
    }

    /// An immutable copy.
    ///
    /// @param like a profile of the same network whose equal rows are shared; null for none
    public final DayProfile frozen(@Nullable DayProfile like) {
        short[][] rows = new short[ProfileGrid.ROWS][];
        short[] seen = new short[rows.length];
        boolean same = like instanceof FrozenProfile;
        for (int row = 0; row < rows.length; row++) {
            short[] values = halves(row);
            short[] shared = like instanceof FrozenProfile frozen ? frozen.row(row) : values;
            boolean equal = Arrays.equals(values, shared);
            rows[row] = equal ? shared : values;
            seen[row] = (short) seen(row);
            same &= equal && like != null && like.seen(row) == seen[row];
        }
        return same && like != null ? like : new FrozenProfile(grid, rows, seen);
    }

    /// `[entry]` of a row, half floats.
    final short[] halves(int row) {
        short[] values = new short[grid.entries(row)];
        for (int entry = 0; entry < values.length; entry++) {
            values[entry] = half(row, entry);
        }
        return values;
    }
}
