package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads seasonal states that were written before [SeasonalState#VERSION] 1: artefacts of formats 2 and 3 contain
/// them, and changelogs of that time. They consist of 19 chunks, all of the same length: the eight days by
/// `day mod 8`, then the eleven rows of the profile, each with an entry per bin. A chunk is its day (long), a number
/// of days (int) and its bins as half floats, NaN = missing; big endian.
///
/// The rows are averaged to the entries of the present form, and the days coded anew.
public final class OldSeasonalForm {

    /// Chunks of a state.
    public static final int CHUNKS = SeasonalForm.RECENT_DAYS + ProfileGrid.ROWS;

    private static final long NEVER = Long.MIN_VALUE;

    private final SeasonalForm form;
    private final RecentDays recent;
    private final int bins;
    private final boolean moving;
    private final byte[] state;
    private final float[] values; // [bin] of a chunk

    /// A reader of one state.
    ///
    /// @param rates those of the state's network; null for a fixed profile
    public OldSeasonalForm(ProfileDays days, @Nullable Rates rates) {
        this.form = days.form();
        this.recent = new RecentDays(form);
        this.bins = days.bins();
        this.moving = rates != null;
        this.state = form.unknown();
        this.values = new float[bins];
    }

    /// Bytes of a chunk.
    public static int chunkBytes(ProfileDays days) {
        return Long.BYTES + Integer.BYTES + days.bins() * Short.BYTES;
    }

    /// Reads a chunk; those that were never written are left out.
    ///
    /// @throws java.nio.BufferUnderflowException when it is cut short
    public void read(int chunk, ByteBuffer in) {
        long day = in.getLong();
        int seen = in.getInt();
        for (int bin = 0; bin < bins; bin++) {
            values[bin] = Float.float16ToFloat(in.getShort());
        }
        if (day != NEVER && day != (int) day) {
            throw new IllegalArgumentException("a day must be within the range of an int, found " + day);
        }
        if (chunk >= SeasonalForm.RECENT_DAYS) {
            readRow(chunk - SeasonalForm.RECENT_DAYS, day, seen);
        } else if (day != NEVER) {
            recent.putAll(state, (int) day, values);
            form.today(state, Math.max(form.today(state), (int) day));
        }
    }

    private void readRow(int row, long day, int seen) {
        int last = day == NEVER ? SeasonalForm.NEVER : (int) day;
        form.row(state, row, last, seen);
        for (int entry = 0; entry < form.grid().entries(row); entry++) {
            form.half(state, row, entry, Halves.of(mean(row, entry)));
        }
        if (moving) { // that day is in the rows already
            form.ended(state, Math.max(form.ended(state), last));
            form.today(state, Math.max(form.today(state), last));
        }
    }

    private float mean(int row, int entry) {
        int width = form.grid().axis(row).width();
        float sum = 0;
        int count = 0;
        for (int bin = entry * width; bin < Math.min(bins, (entry + 1) * width); bin++) {
            if (!Float.isNaN(values[bin])) {
                sum += values[bin];
                count++;
            }
        }
        return sum / count; // 0 / 0 = NaN
    }

    /// The bytes of the state that was read, for a [SeasonalState] of the same network.
    public byte[] state() {
        return state;
    }
}
