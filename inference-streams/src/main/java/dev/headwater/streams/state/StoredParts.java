package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.truth.PendingForecasts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The form in which the parts of a sensor's state are stored.
///
/// Key: the sensor's id for its window, or for the head of a window that is stored in areas; the id, a zero
/// byte and the part's number for the others: 0 to 63 for parts of the seasonal state, from 64 on for
/// areas, from 128 on for parts of the pending forecasts. An id is printable, so it contains no zero byte.
/// Value: the version, four bytes that tell what it was stored for ([SensorLayout#windowForm()],
/// [SensorLayout#seasonalForm()], [SensorLayout#truthForm()]), then the bytes as they lie in memory. A part
/// of the pending forecasts has the sensor's scores before it.
final class StoredParts {

    /// Version of the form. Versions 1 and 2 lay in other stores, see [OldStates].
    static final byte VERSION = 3;

    static final int WINDOW = -1;
    static final int FIRST_AREA = 64;
    static final int FIRST_TRUTH = 128;

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

    /// Whether a part belongs to the pending forecasts.
    static boolean isTruth(int part) {
        return part >= FIRST_TRUTH;
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

    /// @param view   on the pending forecasts
    /// @param scores of the sensor
    /// @param part   counted from 0
    static byte[] truth(int form, PendingForecasts view, byte[] scores, int part) {
        byte[] value = new byte[HEADER + scores.length + view.storedBytes(part)];
        value[0] = VERSION;
        INT.set(value, 1, form);
        System.arraycopy(scores, 0, value, HEADER, scores.length);
        view.store(part, value, HEADER + scores.length);
        return value;
    }

    /// Takes a stored part into the state of its sensor.
    ///
    /// @param before the state so far; null for none
    /// @return the state; null when the part cannot be read: it was stored for other readings, or by a newer
    ///         version
    static @Nullable SensorBytes restore(
            SensorLayout layout, @Nullable SensorBytes before, String sensor, int part, byte[] value) {
        int form = isTruth(part) ? layout.truthForm() : isSeasonal(part) ? layout.seasonalForm() : layout.windowForm();
        if (value.length < HEADER || value[0] != VERSION || (int) INT.get(value, 1) != form) {
            return null;
        }
        SensorBytes state = before == null ? new SensorBytes(sensor, SensorState.emptyWindow(layout)) : before;
        return restorePart(layout, state, part, value) ? state : null;
    }

    private static boolean restorePart(SensorLayout layout, SensorBytes state, int part, byte[] value) {
        if (part == WINDOW) {
            return restoreWindow(layout, state, value);
        }
        if (isTruth(part)) {
            return restoreTruth(layout, state, part - FIRST_TRUTH, value);
        }
        return part >= FIRST_AREA ? restoreArea(layout, state, value) : restoreSeasonal(layout, state, part, value);
    }

    /// Of the scores that came with the parts, those that reach furthest are the newest.
    private static boolean restoreTruth(SensorLayout layout, SensorBytes state, int part, byte[] value) {
        int from = HEADER + layout.scoreBytes();
        if (value.length < from) {
            return false;
        }
        if (state.truth == null || state.scores == null) {
            layout.beginTruth(state);
        }
        byte[] scores = Arrays.copyOfRange(value, HEADER, from);
        SensorScores view = layout.scoresView();
        if (view.on(scores).through() >= view.on(requireNonNull(state.scores)).through()) {
            state.scores = scores;
        }
        return requireNonNull(layout.truthView())
                .on(requireNonNull(state.truth))
                .restore(part, value, from);
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
