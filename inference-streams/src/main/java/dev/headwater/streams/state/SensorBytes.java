package dev.headwater.streams.state;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What is kept of one sensor: its bytes, which are stored, and a few figures that are not. Small, since
/// there is one for each of 100,000 sensors. Not thread-safe.
final class SensorBytes {

    /// Heap of a sensor beside its arrays and the letters of its name, with compressed pointers: this
    /// object, its entry in the map, and the string.
    private static final int FIXED = 72 + 32 + 8 + 24 + 16;

    private static final int ARRAY = 16;
    private static final int SECOND = 1000;

    final String sensor;
    byte[] window; // as in SensorLayout
    byte @Nullable [] seasonal; // as in SeasonalState; null before the first full window
    byte @Nullable [] truth; // as in PendingForecasts; null before the first forecast, as the next
    byte @Nullable [] scores; // as in SensorScores
    byte @Nullable [] shadow; // as truth, of the challenger; not stored, null without one
    long areasTouched; // bit per area, of a window that is stored in areas
    int seasonalTouched; // bit per part
    long truthTouched; // bit per part
    boolean touched;
    boolean ended;
    int newestOffset; // milliseconds from the begin of the newest slot to the event time of its newest reading
    int counted; // heap bytes
    short pending; // forecasts
    short uncommitted; // slots
    private int seenAt; // unsigned seconds since 1970

    SensorBytes(String sensor, byte[] window) {
        this.sensor = sensor;
        this.window = window;
    }

    void seen(long millis) {
        seenAt = (int) (millis / SECOND);
    }

    long seenAt() {
        return Integer.toUnsignedLong(seenAt) * SECOND;
    }

    /// Estimated heap.
    int heapBytes() {
        return FIXED + sensor.length() + heap(window) + heap(seasonal) + heap(truth) + heap(scores) + heap(shadow);
    }

    private static int heap(byte @Nullable [] array) {
        return array == null ? 0 : ARRAY + array.length;
    }

    byte[] key() {
        return sensor.getBytes(StandardCharsets.UTF_8);
    }
}
