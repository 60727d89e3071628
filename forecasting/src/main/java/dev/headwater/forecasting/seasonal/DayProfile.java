package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// A sensor's usual day, in the unit of the target: exponentially weighted means by weekday and by kind of day (working
/// day or day off), for each bin of the day, and the mean distance of the days from it. Immutable: a day that is over
/// gives a new profile that shares all rows but three. Values are kept as half floats, so a profile takes 6 kB at five
/// minutes.
///
/// Exponentially weighted seasonal means after Holt (*Forecasting seasonals and trends by exponentially weighted moving
/// averages*, 1957), fed to a network as in Smyl (*A hybrid method of exponential smoothing and recurrent neural
/// networks*, 2020).
public final class DayProfile {

    static final int KINDS = 2;
    static final int ROWS = ProfileDays.WEEKDAYS + 2 * KINDS;
    static final short MISSING = Float.floatToFloat16(Float.NaN);

    /// How fast the mean forgets.
    ///
    /// @param weekday share of the newest day of a weekday; 0 for the plain mean of all of them
    /// @param kind    share of the newest working day or day off; 0 for the plain mean of all of them
    public record Rates(float weekday, float kind) {
        /// Those of the moving profile, found on PEMS-BAY.
        public static final Rates MOVING = new Rates(0.25f, 0.12f);

        /// The plain mean.
        public static final Rates MEAN = new Rates(0, 0);
    }

    private final short[][] rows; // [weekday, kind of day, spread of that kind][bin], half floats, NaN = never seen
    private final int[] seen; // [row], days that went into it
    private final long[] last; // [row], the last of them

    private DayProfile(short[][] rows, int[] seen, long[] last) {
        this.rows = rows;
        this.seen = seen;
        this.last = last;
    }

    /// Knows nothing.
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

    /// The profile after a day. A bin without a value stays as it is; so does everything when the day went in before.
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
        // The first days count alike, or the very first one would outweigh them for long.
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

    /// The same profile with another row.
    ///
    /// @param values `[bin]`, half floats; not copied
    /// @param count  days that went into it
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

    /// What is usual at a bin of that weekday; that of its kind of day when the weekday was not seen yet, and NaN when
    /// nothing is known.
    ///
    /// @param weekday 0 = Monday to 6 = Sunday
    /// @param kind    0 for a working day, 1 for a day off
    public float weekday(int weekday, int kind, int bin) {
        float value = Float.float16ToFloat(rows[weekday][bin]);
        return Float.isNaN(value) ? kind(kind, bin) : value;
    }

    /// What is usual at a bin of that kind of day; that of the other kind when there was none yet, and NaN when nothing
    /// is known.
    public float kind(int kind, int bin) {
        float value = Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + kind][bin]);
        return Float.isNaN(value) ? Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + 1 - kind][bin]) : value;
    }

    /// How far days of that kind lie from what is usual at a bin, on average; NaN when that is not known.
    public float spread(int kind, int bin) {
        return Float.float16ToFloat(rows[ProfileDays.WEEKDAYS + KINDS + kind][bin]);
    }

    /// `[bin]` of a row, half floats; not a copy.
    short[] row(int row) {
        return rows[row];
    }

    /// Days that went into a row.
    int seen(int row) {
        return seen[row];
    }

    /// The last day that went into a row.
    long last(int row) {
        return last[row];
    }
}
