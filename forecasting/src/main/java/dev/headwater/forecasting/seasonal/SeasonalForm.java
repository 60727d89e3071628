package dev.headwater.forecasting.seasonal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Where things lie in the bytes of a seasonal state; all numbers are little endian.
///
/// | part | bytes |
/// |---|---|
/// | 0 to 7, the days by `day mod 8` | day (int), base (float), step (float), then a [DayCode] per bin |
/// | 8, the profile | today (int), ended (int), then the rows of [ProfileGrid] |
/// | a row | last day (int), number of days (short), then a half float per entry, NaN = never seen |
final class SeasonalForm {

    static final int RECENT_DAYS = 8; // today and the same weekday a week ago
    static final int PROFILE = RECENT_DAYS; // its part
    static final int PARTS = RECENT_DAYS + 1;
    static final int NEVER = Integer.MIN_VALUE; // no day

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DAY_HEAD = Integer.BYTES + 2 * Float.BYTES;
    private static final int PROFILE_HEAD = 2 * Integer.BYTES;
    private static final int ROW_HEAD = Integer.BYTES + Short.BYTES;

    private final ProfileGrid grid;
    private final int dayBytes;
    private final int profile; // offset
    private final int[] rows = new int[ProfileGrid.ROWS]; // offsets
    private final int bytes;

    SeasonalForm(ProfileGrid grid) {
        this.grid = grid;
        this.dayBytes = DAY_HEAD + grid.bins();
        this.profile = RECENT_DAYS * dayBytes;
        int at = profile + PROFILE_HEAD;
        for (int row = 0; row < rows.length; row++) {
            rows[row] = at;
            at += ROW_HEAD + grid.entries(row) * Short.BYTES;
        }
        this.bytes = at;
    }

    ProfileGrid grid() {
        return grid;
    }

    int bytes() {
        return bytes;
    }

    /// A state without data.
    byte[] unknown() {
        byte[] state = new byte[bytes];
        for (int part = 0; part < RECENT_DAYS; part++) {
            clearDay(state, part);
        }
        INT.set(state, profile, NEVER);
        INT.set(state, profile + Integer.BYTES, NEVER);
        for (int row = 0; row < ProfileGrid.ROWS; row++) {
            row(state, row, NEVER, 0);
            for (int entry = 0; entry < grid.entries(row); entry++) {
                half(state, row, entry, Halves.MISSING);
            }
        }
        return state;
    }

    int offset(int part) {
        return part * dayBytes;
    }

    int length(int part) {
        return part < RECENT_DAYS ? dayBytes : bytes - profile;
    }

    /// The part in which a day lies.
    static int part(int day) {
        return Math.floorMod(day, RECENT_DAYS);
    }

    int day(byte[] state, int part) {
        return (int) INT.get(state, part * dayBytes);
    }

    float base(byte[] state, int part) {
        return (float) FLOAT.get(state, part * dayBytes + Integer.BYTES);
    }

    float step(byte[] state, int part) {
        return (float) FLOAT.get(state, part * dayBytes + Integer.BYTES + Float.BYTES);
    }

    /// Begins a day in a part, all its bins missing.
    void beginDay(byte[] state, int part, int day, float base, float step) {
        int at = part * dayBytes;
        Arrays.fill(state, at, at + dayBytes, DayCode.MISSING);
        INT.set(state, at, day);
        FLOAT.set(state, at + Integer.BYTES, base);
        step(state, part, step);
    }

    void clearDay(byte[] state, int part) {
        beginDay(state, part, NEVER, 0, 0);
    }

    void step(byte[] state, int part, float step) {
        FLOAT.set(state, part * dayBytes + Integer.BYTES + Float.BYTES, step);
    }

    byte code(byte[] state, int part, int bin) {
        return state[part * dayBytes + DAY_HEAD + bin];
    }

    void code(byte[] state, int part, int bin, byte code) {
        state[part * dayBytes + DAY_HEAD + bin] = code;
    }

    int today(byte[] state) {
        return (int) INT.get(state, profile);
    }

    void today(byte[] state, int day) {
        INT.set(state, profile, day);
    }

    int ended(byte[] state) {
        return (int) INT.get(state, profile + Integer.BYTES);
    }

    void ended(byte[] state, int day) {
        INT.set(state, profile + Integer.BYTES, day);
    }

    /// The last day in a row.
    int last(byte[] state, int row) {
        return (int) INT.get(state, rows[row]);
    }

    /// Number of days in a row.
    int seen(byte[] state, int row) {
        return (short) SHORT.get(state, rows[row] + Integer.BYTES);
    }

    void row(byte[] state, int row, int last, int seen) {
        INT.set(state, rows[row], last);
        SHORT.set(state, rows[row] + Integer.BYTES, (short) Math.min(seen, Short.MAX_VALUE));
    }

    short half(byte[] state, int row, int entry) {
        return (short) SHORT.get(state, rows[row] + ROW_HEAD + entry * Short.BYTES);
    }

    void half(byte[] state, int row, int entry, short value) {
        SHORT.set(state, rows[row] + ROW_HEAD + entry * Short.BYTES, value);
    }
}
