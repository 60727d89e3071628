package dev.headwater.streams;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.window.SensorWindow;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// All that the stream remembers of one sensor: its window, the slots for which a forecast is owed, and how far the
/// readings topic was read for it. Not thread-safe.
///
/// A forecast is owed from the moment its reading is taken in until it is handed to the producer. That is part of the
/// state, so after a crash the next owner finds what is owed and issues it.
final class SensorState {

    private static final byte VERSION = 1;
    private static final long NO_OFFSET = -1;

    private final SensorWindow window;
    private long offset = NO_OFFSET;
    private long[] owed = new long[4]; // ascending slots
    private int owedCount;

    SensorState(Network network) {
        this.window = new SensorWindow(network.measures().size(), retained(network));
    }

    /// Slots kept per sensor: the window that ends at the newest slot, and as many older slots as forecasts may be owed
    /// for.
    static int retained(Network network) {
        return network.window().lookback() + mostOwed(network);
    }

    /// Most slots of one sensor for which forecasts may be owed at a time.
    static int mostOwed(Network network) {
        return network.window().span() + 12;
    }

    SensorWindow window() {
        return window;
    }

    /// True when the state already contains the reading at that offset: it is delivered again after a crash.
    boolean contains(long recordOffset, long slot) {
        return recordOffset <= offset && window.arrived(slot);
    }

    void read(long recordOffset) {
        offset = recordOffset;
    }

    void owe(long slot) {
        if (indexOf(slot) >= 0) {
            return;
        }
        if (owedCount == owed.length) {
            owed = Arrays.copyOf(owed, 2 * owedCount);
        }
        owed[owedCount++] = slot;
        Arrays.sort(owed, 0, owedCount);
    }

    void settle(long slot) {
        int at = indexOf(slot);
        if (at >= 0) {
            System.arraycopy(owed, at + 1, owed, at, owedCount - at - 1);
            owedCount--;
        }
    }

    private int indexOf(long slot) {
        return Arrays.binarySearch(owed, 0, owedCount, slot);
    }

    /// Slots for which a forecast is owed, oldest first.
    long[] owed() {
        return Arrays.copyOf(owed, owedCount);
    }

    int owedCount() {
        return owedCount;
    }

    byte[] write() {
        ByteBuffer out =
                ByteBuffer.allocate(1 + 2 * Integer.BYTES + (1 + owedCount) * Long.BYTES + window.serializedBytes());
        out.put(VERSION).putInt(window.serializedBytes()).putLong(offset).putInt(owedCount);
        for (int i = 0; i < owedCount; i++) {
            out.putLong(owed[i]);
        }
        window.write(out);
        return out.array();
    }

    /// @throws IllegalStateException when the bytes were written for another window, or by another version
    static SensorState read(Network network, byte[] bytes) {
        SensorState state = new SensorState(network);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        int windowBytes = version == VERSION ? in.getInt() : -1;
        if (windowBytes != state.window.serializedBytes()) {
            throw new IllegalStateException("network " + network.name() + ": the stored window state (version "
                    + version
                    + ", " + windowBytes + " bytes) was written for other measures or another window; run under another"
                    + " --application-id, or reset the application");
        }
        try {
            state.offset = in.getLong();
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                state.owe(in.getLong());
            }
            state.window.read(in);
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("network " + network.name() + ": the stored window state is cut short", e);
        }
        return state;
    }
}
