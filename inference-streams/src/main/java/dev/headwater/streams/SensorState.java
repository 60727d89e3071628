package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.window.SensorWindow;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The state of one sensor. Not thread-safe.
///
/// A forecast is pending from the moment its reading is taken in until it is handed to the producer. The state
/// lists pending forecasts, and after a crash the next instance issues them.
final class SensorState {

    private static final byte WHOLE = 1; // version of a state in one piece
    private static final byte HEAD = 2; // version of a state whose window lies in chunks
    private static final int MAX_WHOLE = 2048; // maximum bytes of a window that is written as a whole
    private static final int CHUNK = 512; // approximate bytes of a chunk of a larger window

    private final SensorWindow window;
    private final @Nullable SeasonalState seasonalState;
    private long offset = -1; // of the last reading; -1 before the first
    private long[] pending = new long[4]; // ascending slots
    private int pendingCount;
    private boolean ended; // not stored: after a restart an ended source counts as silent
    private long seenAt; // milliseconds of the clock, not stored
    private long newestTime = Long.MIN_VALUE; // event time; not stored: after a restart the slot's start
    private int commit = -1; // commits requested when the sensor last reported; not stored
    private long committed; // slot up to which that commit covers the readings

    /// @param seasonalState null when the network does not read it
    SensorState(SensorNetwork network, @Nullable SeasonalState seasonalState) {
        this.seasonalState = seasonalState;
        this.window = isChunked(network)
                ? new SensorWindow(
                        network.measures().size(), retained(network), Math.max(1, CHUNK / slotBytes(network)))
                : new SensorWindow(network.measures().size(), retained(network));
    }

    /// True when the window is so large that it is stored in chunks: a reading writes only those that it touches.
    static boolean isChunked(SensorNetwork network) {
        return retained(network) * slotBytes(network) > MAX_WHOLE;
    }

    private static int slotBytes(SensorNetwork network) {
        return 1 + network.measures().size() * Float.BYTES;
    }

    /// Slots kept per sensor: the window, and as many older slots as forecasts may be pending for.
    static int retained(SensorNetwork network) {
        return network.window().span() + maxPending(network);
    }

    /// Maximum number of pending forecasts of one sensor.
    static int maxPending(SensorNetwork network) {
        return network.window().lookback() + network.window().horizon() + 12;
    }

    SensorWindow window() {
        return window;
    }

    /// The seasonal state; null when the network does not read it.
    @Nullable
    SeasonalState seasonalState() {
        return seasonalState;
    }

    /// Puts a reading into the window, and its target into the seasonal state.
    SensorWindow.Arrival add(long slot, float[] reading, int target) {
        if (seasonalState != null) {
            seasonalState.add(slot, reading[target]);
        }
        return window.add(slot, reading);
    }

    /// True when the state already contains the reading at that offset: a crash redelivered it.
    boolean contains(long recordOffset, long slot) {
        return recordOffset <= offset && window.arrived(slot);
    }

    /// True when a crash came between writing the chunk with the reading at that offset and the rest.
    boolean lost(long recordOffset, long slot) {
        return recordOffset <= offset && window.chunks() > 1 && window.retains(slot) && !window.arrived(slot);
    }

    void seen(long now) {
        seenAt = now;
    }

    /// Wall-clock time of the last record, milliseconds.
    long seenAt() {
        return seenAt;
    }

    /// Records the event time of a reading, milliseconds since 1970.
    void reported(long time) {
        newestTime = Math.max(newestTime, time);
    }

    /// Event time of the newest reading, milliseconds since 1970; after a restart the begin of its slot.
    long newestTime(SlotClock clock) {
        return Math.max(newestTime, clock.startMillis(window.newest()));
    }

    /// Notes from which slot on a crash would repeat this sensor's readings; called before a reading is added.
    ///
    /// @param asked number of commits requested so far
    /// @param again true when the reading is redelivered
    void reportsAfter(int asked, long slot, boolean again) {
        if (commit != asked) {
            commit = asked;
            committed = again || window.isEmpty() ? slot : window.newest();
        }
    }

    /// Slots by which this sensor has advanced since the last requested commit.
    long uncommitted() {
        return window.newest() - committed;
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /// True when the sensor has ended, and the record at that offset starts it again.
    boolean hasEndedBefore(long recordOffset) {
        return ended && recordOffset > offset;
    }

    void read(long recordOffset) {
        offset = recordOffset;
    }

    void addPending(long slot) {
        if (indexOf(slot) >= 0) {
            return;
        }
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, 2 * pendingCount);
        }
        pending[pendingCount++] = slot;
        Arrays.sort(pending, 0, pendingCount);
    }

    void acknowledge(long slot) {
        int at = indexOf(slot);
        if (at >= 0) {
            System.arraycopy(pending, at + 1, pending, at, pendingCount - at - 1);
            pendingCount--;
        }
    }

    private int indexOf(long slot) {
        return Arrays.binarySearch(pending, 0, pendingCount, slot);
    }

    /// Slots for which a forecast is pending, oldest first.
    long[] pending() {
        return Arrays.copyOf(pending, pendingCount);
    }

    int pendingCount() {
        return pendingCount;
    }

    /// The serialised state; without the slots when the window is stored in chunks.
    byte[] write() {
        boolean whole = window.chunks() == 1;
        int windowBytes = whole ? window.serializedBytes() : 2 * Long.BYTES;
        ByteBuffer out = ByteBuffer.allocate(1 + 2 * Integer.BYTES + (1 + pendingCount) * Long.BYTES + windowBytes);
        out.put(whole ? WHOLE : HEAD)
                .putInt(window.serializedBytes())
                .putLong(offset)
                .putInt(pendingCount);
        for (int i = 0; i < pendingCount; i++) {
            out.putLong(pending[i]);
        }
        if (whole) {
            window.write(out);
        } else {
            window.writeSpan(out);
        }
        return out.array();
    }

    byte[] writeChunk(int chunk) {
        ByteBuffer out = ByteBuffer.allocate(window.chunkBytes());
        window.writeChunk(chunk, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /// @throws IllegalStateException when the bytes are cut short
    void readChunk(SensorNetwork network, byte[] bytes) {
        try {
            window.readChunk(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException e) {
            throw cutShort(network, e);
        }
    }

    /// @throws IllegalStateException when the bytes were written for another window, or by another version
    static SensorState read(SensorNetwork network, @Nullable SeasonalState seasonalState, byte[] bytes) {
        SensorState state = new SensorState(network, seasonalState);
        boolean whole = state.window.chunks() == 1;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        int windowBytes = version == (whole ? WHOLE : HEAD) ? in.getInt() : -1;
        if (windowBytes != state.window.serializedBytes()) {
            throw new IllegalStateException("network " + network.name() + ": the stored window state (version "
                    + version
                    + ", " + windowBytes + " bytes) was written for other measures or another window; run under another"
                    + " application id, or reset the application");
        }
        try {
            state.offset = in.getLong();
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                state.addPending(in.getLong());
            }
            if (whole) {
                state.window.read(in);
            } else {
                state.window.readSpan(in);
            }
        } catch (BufferUnderflowException e) {
            throw cutShort(network, e);
        }
        return state;
    }

    private static IllegalStateException cutShort(SensorNetwork network, BufferUnderflowException e) {
        return new IllegalStateException("network " + network.name() + ": the stored window state is cut short", e);
    }
}
