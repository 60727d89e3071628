package dev.headwater.streams.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The form in which the parts of a sensor's state are stored.
///
/// Key: the sensor's id for its window, or for the head of a window that is stored in areas; the id, a zero
/// byte and the part's number for the others: 0 to 63 for parts of the seasonal state, from 64 on for areas.
/// An id is printable, so it contains no zero byte. Value: the version, four bytes that tell what it was
/// stored for ([SensorLayout#windowForm()], [SensorLayout#seasonalForm()]), then the bytes as they lie in
/// memory.
final class StoredParts {

    /// Version of the form. Versions 1 and 2 lay in other stores, see [OldStates].
    static final byte VERSION = 3;

    static final int WINDOW = -1;
    static final int FIRST_AREA = 64;

    private static final int HEADER = 1 + Integer.BYTES;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private StoredParts() {}

    static byte[] key(byte[] sensor, int part) {
        if (part == WINDOW) {
            return sensor;
        }
        byte[] key = Arrays.copyOf(sensor, sensor.length + 2);
        key[sensor.length + 1] = (byte) part;
        return key;
    }

    /// The part that a key names.
    static int part(byte[] key) {
        return isPart(key) ? Byte.toUnsignedInt(key[key.length - 1]) : WINDOW;
    }

    static boolean isSeasonal(int part) {
        return part != WINDOW && part < FIRST_AREA;
    }

    static String sensor(byte[] key) {
        return new String(key, 0, isPart(key) ? key.length - 2 : key.length, StandardCharsets.UTF_8);
    }

    private static boolean isPart(byte[] key) {
        return key.length >= 2 && key[key.length - 2] == 0;
    }

    /// @param bytes  of which a range is the part
    /// @param offset where the part begins
    static byte[] value(int form, byte[] bytes, int offset, int length) {
        byte[] value = new byte[HEADER + length];
        value[0] = VERSION;
        INT.set(value, 1, form);
        System.arraycopy(bytes, offset, value, HEADER, length);
        return value;
    }

    /// Takes a stored part into the state of its sensor.
    ///
    /// @param before the state so far; null for none
    /// @return the state; null when the part cannot be read: it was stored for other readings, or by a newer
    ///         version
    static @Nullable SensorBytes restore(
            SensorLayout layout, @Nullable SensorBytes before, String sensor, int part, byte[] value) {
        int form = isSeasonal(part) ? layout.seasonalForm() : layout.windowForm();
        if (value.length < HEADER || value[0] != VERSION || (int) INT.get(value, 1) != form) {
            return null;
        }
        SensorBytes state = before == null ? new SensorBytes(sensor, SensorState.emptyWindow(layout)) : before;
        boolean fits = part == WINDOW
                ? restoreWindow(layout, state, value)
                : part >= FIRST_AREA ? restoreArea(layout, state, value) : restoreSeasonal(layout, state, part, value);
        return fits ? state : null;
    }

    private static boolean restoreWindow(SensorLayout layout, SensorBytes state, byte[] value) {
        int length = value.length - HEADER;
        if (layout.isSplit()) {
            System.arraycopy(value, HEADER, state.window, 0, Math.min(length, SensorLayout.HEAD));
            return length == SensorLayout.HEAD;
        }
        int areas = length - SensorLayout.HEAD;
        if (areas <= 0 || areas % layout.window().areaBytes() != 0) {
            return false;
        }
        state.window = Arrays.copyOfRange(value, HEADER, value.length);
        return true;
    }

    private static boolean restoreArea(SensorLayout layout, SensorBytes state, byte[] value) {
        if (!layout.isSplit() || value.length - HEADER != layout.window().areaBytes()) {
            return false;
        }
        SensorState.restoreArea(layout, state, value, HEADER);
        return true;
    }

    private static boolean restoreSeasonal(SensorLayout layout, SensorBytes state, int part, byte[] value) {
        if (part >= layout.seasonalParts() || value.length - HEADER != layout.seasonalLength(part)) {
            return false;
        }
        byte[] seasonal = state.seasonal == null ? layout.unknownSeasonal() : state.seasonal;
        System.arraycopy(value, HEADER, seasonal, layout.seasonalOffset(part), layout.seasonalLength(part));
        state.seasonal = seasonal;
        return true;
    }
}
