package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// One sensor's profile and its last eight days, updated with every reading: the stream's data beyond the
/// window. Not thread-safe.
///
/// A day is added to the profile, smoothed over neighbouring bins, when the first reading of a later day
/// arrives. That reading may be too early, so later readings of the finished day still correct the profile, and
/// skipped days are added in turn. Readings of days before that are still stored among the last days, but no
/// longer change the profile.
public final class SeasonalState implements SeasonalView {

    static final int RECENT_DAYS = 8; // today and the same weekday a week ago

    private static final float[] SMOOTHING = {1, 2, 3, 2, 1};
    private static final long NEVER = Long.MIN_VALUE;

    private final ProfileDays days;
    private final @Nullable Rates rates;
    private final int bins;
    private final short[] recent; // [day mod 8][bin], half floats, NaN = missing
    private final long[] recentDay; // [day mod 8]
    private final BitSet touched = new BitSet(); // chunks
    private DayProfile profile;
    private long today = NEVER;
    private long ended = NEVER; // the last finished day
    private @Nullable DayProfile before; // the profile without that day; null when unknown, as after a restart

    /// @param rates   weights of finished days; null for a fixed profile
    /// @param profile initial profile
    public SeasonalState(ProfileDays days, @Nullable Rates rates, DayProfile profile) {
        this.days = days;
        this.rates = rates;
        this.bins = days.bins();
        this.recent = new short[RECENT_DAYS * bins];
        this.recentDay = new long[RECENT_DAYS];
        this.profile = profile;
        Arrays.fill(recent, DayProfile.MISSING);
        Arrays.fill(recentDay, NEVER);
    }

    /// An independent copy.
    public SeasonalState copy() {
        SeasonalState copy = new SeasonalState(days, rates, profile);
        System.arraycopy(recent, 0, copy.recent, 0, recent.length);
        System.arraycopy(recentDay, 0, copy.recentDay, 0, recentDay.length);
        copy.today = today;
        copy.ended = ended;
        copy.before = before;
        return copy;
    }

    /// Chunks of the state: the last days one by one, then the rows of the profile.
    public int chunks() {
        return RECENT_DAYS + DayProfile.ROWS;
    }

    /// The chunks that have changed since the last call, ascending.
    public int[] takeTouched() {
        int[] chunks = touched.stream().toArray();
        touched.clear();
        return chunks;
    }

    /// Marks all chunks as changed.
    public void touchAll() {
        touched.set(0, chunks());
    }

    /// Bytes of a chunk.
    public int chunkBytes() {
        return Long.BYTES + Integer.BYTES + bins * Short.BYTES;
    }

    /// Writes a chunk: its day, the number of days in it, its bins as half floats.
    public void writeChunk(int chunk, ByteBuffer out) {
        if (chunk < RECENT_DAYS) {
            out.putLong(recentDay[chunk]).putInt(1);
            out.asShortBuffer().put(recent, chunk * bins, bins);
        } else {
            int row = chunk - RECENT_DAYS;
            out.putLong(profile.last(row)).putInt(profile.seen(row));
            out.asShortBuffer().put(profile.row(row));
        }
        out.position(out.position() + bins * Short.BYTES);
    }

    /// Restores a chunk that `writeChunk` wrote. Call it before the first reading is added.
    public void readChunk(int chunk, ByteBuffer in) {
        long day = in.getLong();
        int seen = in.getInt();
        short[] values = new short[bins];
        in.asShortBuffer().get(values);
        in.position(in.position() + bins * Short.BYTES);
        if (chunk < RECENT_DAYS) {
            recentDay[chunk] = day;
            System.arraycopy(values, 0, recent, chunk * bins, bins);
            today = Math.max(today, day); // a day that is in the profile is not added again
        } else {
            profile = profile.with(chunk - RECENT_DAYS, values, seen, day);
            ended = Math.max(ended, day);
        }
    }

    /// False when a value is infinite or a day is later than `last`; readings would never repair such a state.
    ///
    /// @param last last known day
    public boolean isSound(long last) {
        boolean sound = areFinite(recent) && Arrays.stream(recentDay).allMatch(day -> day <= last);
        for (int row = 0; row < DayProfile.ROWS; row++) {
            boolean dated = rates == null || profile.last(row) <= last;
            sound &= dated && profile.seen(row) >= 0 && areFinite(profile.row(row));
        }
        return sound;
    }

    private static boolean areFinite(short[] halves) {
        for (short half : halves) {
            if (Float.isInfinite(Float.float16ToFloat(half))) {
                return false;
            }
        }
        return true;
    }

    /// Adds a reading.
    ///
    /// @param value in the unit of the target, NaN = missing
    public void add(long slot, float value) {
        long position = days.position(slot);
        long day = days.day(position);
        if (day > today) {
            endToday();
            today = day;
        } else if (day > ended) {
            today = day; // if earlier, a previous reading was ahead of its time
        }
        if ((day >= ended || day > today - RECENT_DAYS) && !Float.isNaN(value)) {
            put(day, days.bin(position), value);
        }
    }

    private void put(long day, int bin, float value) {
        int row = row(day);
        boolean lost = recentDay[row] > day; // overwritten by a reading a week or more ahead
        if (recentDay[row] != day) {
            Arrays.fill(recent, row * bins, (row + 1) * bins, DayProfile.MISSING);
            recentDay[row] = day;
        }
        recent[row * bins + bin] = Float.floatToFloat16(value);
        touched.set(row);
        if (day == ended && before != null && !lost) {
            takeIn(day, before);
        }
    }

    private void endToday() {
        if (today != NEVER) {
            ended = today;
            before = profile;
            takeIn(today, profile);
        }
    }

    /// Sets the profile to `without` plus a day.
    ///
    /// @param without the profile without the day
    private void takeIn(long day, DayProfile without) {
        if (rates != null && recentDay[row(day)] == day) {
            DayProfile next = without.after(day, days, rates, smoothed(row(day) * bins));
            for (int row = 0; row < DayProfile.ROWS; row++) {
                touched.set(RECENT_DAYS + row, touched.get(RECENT_DAYS + row) || next.row(row) != profile.row(row));
            }
            profile = next;
        }
    }

    /// The day at `from`; each bin is a weighted mean of itself and two neighbours on either side, as far as
    /// they have values.
    private float[] smoothed(int from) {
        float[] out = new float[bins];
        for (int bin = 0; bin < bins; bin++) {
            float sum = 0;
            float weight = 0;
            for (int tap = 0; tap < SMOOTHING.length; tap++) {
                int neighbour = bin + tap - SMOOTHING.length / 2;
                float value =
                        neighbour < 0 || neighbour >= bins ? Float.NaN : Float.float16ToFloat(recent[from + neighbour]);
                if (!Float.isNaN(value)) {
                    sum += SMOOTHING[tap] * value;
                    weight += SMOOTHING[tap];
                }
            }
            out[bin] = sum / weight; // 0 / 0 = NaN where no near bin has a value
        }
        return out;
    }

    private static int row(long day) {
        return Math.floorMod(day, RECENT_DAYS);
    }

    @Override
    public DayProfile profile(long day) {
        return profile;
    }

    @Override
    public float value(long position) {
        long day = days.day(position);
        int row = row(day);
        return recentDay[row] == day ? Float.float16ToFloat(recent[row * bins + days.bin(position)]) : Float.NaN;
    }
}
