package dev.headwater.forecasting.truth;

import dev.headwater.forecasting.interval.Levels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The rows of a sensor's pending forecasts, as a [PendingLayout] describes them. A view of bytes, which it
/// reads and changes in place. Not thread-safe.
final class PendingRows {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MODEL = Integer.BYTES; // offsets in a row
    private static final int FLAGS = MODEL + Short.BYTES;
    private static final int LAST = FLAGS + 1;
    private static final int UNIT = LAST + Float.BYTES;
    private static final byte ISSUED = 1; // flags
    private static final int MOST = Short.MAX_VALUE;

    private final PendingLayout layout;
    private final Levels levels;
    private final int horizon;
    private byte[] bytes = new byte[0];

    PendingRows(PendingLayout layout) {
        this.layout = layout;
        this.levels = layout.levels();
        this.horizon = layout.window().horizon();
    }

    void on(byte[] other) {
        bytes = other;
    }

    /// Whether the row of a slot has the forecast of that slot, and not an older one or none.
    boolean holds(long slot) {
        int row = layout.row(slot);
        return bytes[row + FLAGS] == ISSUED && (int) INT.get(bytes, row) == (int) slot;
    }

    short model(long slot) {
        return (short) SHORT.get(bytes, layout.row(slot) + MODEL);
    }

    /// Reads a step of the forecast of a slot.
    ///
    /// @param into states the step
    void read(long slot, SettledStep into) {
        int row = layout.row(slot);
        float last = (float) FLOAT.get(bytes, row + LAST);
        float unit = (float) FLOAT.get(bytes, row + UNIT);
        short code = (short) SHORT.get(bytes, layout.values(row) + into.step() * Short.BYTES);
        float value = base(last) + code * (unit / MOST);
        into.issued(slot, model(slot), last, value);
        int at = layout.bounds(row) + into.step() * levels.bounds();
        for (int bound = 0; bound < levels.bounds(); bound++) {
            into.bounds()[bound] = value + OffsetCode.offset(bytes[at + bound], unit);
        }
    }

    private static float base(float last) {
        return Float.isNaN(last) ? 0 : last;
    }

    void clear(long slot) {
        bytes[layout.row(slot) + FLAGS] = 0;
    }

    /// Writes the forecast of a slot.
    ///
    /// @param unit at least as large as any distance
    void write(long slot, short model, float last, float unit, float[] values, int from, float[] offsets) {
        int row = layout.row(slot);
        INT.set(bytes, row, (int) slot);
        SHORT.set(bytes, row + MODEL, model);
        bytes[row + FLAGS] = ISSUED;
        FLOAT.set(bytes, row + LAST, last);
        FLOAT.set(bytes, row + UNIT, unit);
        for (int step = 0; step < horizon; step++) {
            int code = unit == 0 ? 0 : Math.round((values[from + step] - base(last)) / unit * MOST);
            SHORT.set(bytes, layout.values(row) + step * Short.BYTES, (short) Math.clamp(code, -MOST, MOST));
        }
        for (int bound = 0; bound < offsets.length; bound++) {
            bytes[layout.bounds(row) + bound] = OffsetCode.of(offsets[bound], unit);
        }
    }

    /// The largest distance of a forecast: of a value from the last one, or of a bound from its value.
    static float unit(float last, float[] values, int from, int horizon, float[] offsets) {
        float unit = 0;
        for (int step = 0; step < horizon; step++) {
            unit = Math.max(unit, Math.abs(values[from + step] - base(last)));
        }
        for (float offset : offsets) {
            unit = Math.abs(offset) > unit ? Math.abs(offset) : unit; // a NaN is not
        }
        return unit;
    }
}
