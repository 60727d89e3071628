package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// A sensor's usual day, in the unit of the target: exponentially weighted means by weekday and by kind of day
/// (working day or day off) for each bin of the day, and the mean distance of the days from the mean.
/// Immutable: each finished day gives a new profile that shares all but three rows. Values are half floats, so
/// a profile takes 6 kB at an interval of five minutes.
///
/// Exponentially weighted seasonal means after Holt (*Forecasting seasonals and trends by exponentially weighted moving
/// averages*, 1957), fed to a network as in Smyl (*A hybrid method of exponential smoothing and recurrent neural
/// networks*, 2020).
public final class DayProfile {

    static final int KINDS = 2;
    static final int ROWS = ProfileDays.WEEKDAYS + 2 * KINDS;
    static final short MISSING = Float.floatToFloat16(Float.NaN);

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

    private final short[][] rows; // [weekday, kind of day, spread of that kind][bin], half floats, NaN = never seen
    private final int[] seen; // [row], number of days in it
    private final long[] last; // [row], the last of these days

    private DayProfile(short[][] rows, int[] seen, long[] last) {
        this.rows = rows;
        this.seen = seen;
        this.last = last;
    }

    /// A profile without any data.
    ///
    /// @param bins bins of a day
    public static DayProfile empty(int bins) {
        short[] nothing = new short[bins];
        Arrays.fill(nothing, MISSING);
        short[][] rows = new short[ROWS][];
        Arrays.fill(rows, nothing);
        long[] last = new long[ROWS];
        Arrays.fill(last, Long.MIN_VALUE);
        return new DayProfile(rows, new int[ROWS], last);
    }

    /// The profile after a day. A bin without a value stays as it is; the profile does not change if it already
    /// contains the day.
    ///
    /// @param values `[bin]`, NaN = missing
    DayProfile after(long day, ProfileDays days, Rates rates, float[] values) {
        int kind = ProfileDays.WEEKDAYS + days.kind(day);
        float[] distances = new float[values.length]; // [bin]
        for (int bin = 0; bin < distances.length; bin++) {
            distances[bin] = Math.abs(values[bin] - kind(days.kind(day), bin));
        }
        return with(days.weekday(day), day, values, rates.weekday)
                .with(kind, day, values, rates.kind)
                .with(kind + KINDS, day, distances, rates.kind);
    }

    private DayProfile with(int row, long day, float[] values, float rate) {
        if (day <= last[row]) {
            return this;
        }
        // The first days have equal weight; otherwise the very first one would dominate for long.
        float weight = Math.max(rate, 1f / (seen[row] + 1));
        short[] next = rows[row].clone();
        for (int bin = 0; bin < next.length; bin++) {
            float before = Float.float16ToFloat(next[bin]);
            if (!Float.isNaN(values[bin])) {
                float moved = Float.isNaN(before) ? values[bin] : before + weight * (values[bin] - before);
                next[bin] = Float.floatToFloat16(moved);
            }
        }
        return with(row, next, seen[row] + 1, day);
    }

    /// The same profile with one row replaced.
    ///
    /// @param values `[bin]`, half floats; not copied
    /// @param count  number of days in the row
    /// @param day    the last of these days
    /// @param day    the last of them
    DayProfile with(int row, short[] values, int count, long day) {
        short[][] replaced = rows.clone();
        int[] counted = seen.clone();
        long[] dated = last.clone();
        replaced[row] = values;
        counted[row] = count;
        dated[row] = day;
        return new DayProfile(replaced, counted, dated);
    }

    /// The usual value at a bin of a weekday; that of its kind of day when the weekday has no data yet, and NaN
    /// without any data.
    ///
    /// @param weekday 0 = Monday to 6 = Sunday
    /// @param kind    0 for a working day, 1 for a day off
    public float weekday(int weekday, int kind, int bin) {
        float value = Float.float16ToFloat(rows[weekday][bin]);
        return Float.isNaN(value) ? kind(kind, bin) : value;
    }

    /// The usual value at a bin of a kind of day; that of the other kind when this one has no data yet, and NaN
    /// without any data.
    public float kind(int kind, int bin) {
        float value = Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + kind][bin]);
        return Float.isNaN(value) ? Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + 1 - kind][bin]) : value;
    }

    /// Mean distance of days of that kind from the usual value at a bin; NaN when unknown.
    public float spread(int kind, int bin) {
        return Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + KINDS + kind][bin]);
    }

    /// `[bin]` of a row, half floats; not a copy.
    short[] row(int row) {
        return rows[row];
    }

    /// Number of days in a row.
    int seen(int row) {
        return seen[row];
    }

    /// The last day in a row.
    long last(int row) {
        return last[row];
    }
}
