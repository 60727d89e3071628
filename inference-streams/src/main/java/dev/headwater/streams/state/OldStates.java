package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.seasonal.OldSeasonalForm;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the states that versions 1 and 2 stored (until commit 36d3b6a): a window as a whole (1), or its head
/// (2) with its slots in chunks in a store of their own; and seasonal states in chunks in a third store.
/// Chunks have the key `SENSOR#NUMBER`. All numbers are big-endian.
public final class OldStates {

    /// Name of the store of windows, or of their heads.
    public static final String WINDOWS = "windows";

    /// Name of the store of the chunks of long windows.
    public static final String CHUNKS = "window-chunks";

    /// Name of the store of seasonal states.
    public static final String SEASONAL = "pasts";

    private static final byte WHOLE = 1;
    private static final byte HEAD = 2;
    private static final char CHUNK_MARK = '#'; // the last one in a key separates sensor and chunk

    private final SensorLayout layout;
    private final int measures;
    private final int retained;
    private final Map<String, byte[]> windows;
    private final Map<String, byte[]> chunks;
    private final Map<String, byte[]> seasonal;

    private OldStates(SensorLayout layout, Map<String, Map<String, byte[]>> stores) {
        this.layout = layout;
        this.measures = layout.window().measures();
        this.retained = layout.window().retained();
        this.windows = stores.getOrDefault(WINDOWS, Map.of());
        this.chunks = stores.getOrDefault(CHUNKS, Map.of());
        this.seasonal = stores.getOrDefault(SEASONAL, Map.of());
    }

    /// Reads the stores; they are emptied with the next commit.
    static OldStates of(SensorLayout layout, List<OldStore> stores) {
        return new OldStates(layout, stores.stream().collect(Collectors.toMap(OldStore::name, OldStore::read)));
    }

    /// The slots of an old window.
    private final class Slots {
        private final long first;
        private final long newest;
        private final byte[] marks = new byte[retained]; // [slot - oldest]
        private final float[] values = new float[retained * measures]; // [slot - oldest][measure]

        Slots(ByteBuffer in) {
            first = in.getLong();
            newest = in.getLong();
            Arrays.fill(values, Float.NaN);
        }

        private long oldest() {
            return newest - retained + 1;
        }

        void put(long slot, byte mark, ByteBuffer in) {
            boolean kept = slot >= oldest() && slot <= newest;
            if (kept) {
                marks[(int) (slot - oldest())] = mark;
            }
            for (int m = 0; m < measures; m++) {
                float value = in.getFloat();
                if (kept) {
                    values[(int) (slot - oldest()) * measures + m] = value;
                }
            }
        }

        /// The same window in the form of today.
        byte[] window(long offset) {
            WindowLayout today = layout.window();
            byte[] bytes = SensorState.emptyWindow(layout);
            ByteBuffer.wrap(bytes).putLong(offset).putLong(first).putLong(newest);
            SensorWindow view = new SensorWindow(today).on(bytes, SensorLayout.BEFORE_WINDOW);
            long last = Math.floorDiv(newest, (long) today.areaSlots());
            for (long area = Math.floorDiv(oldest(), (long) today.areaSlots()); area <= last; area++) {
                view.restore(area(area, today), 0);
            }
            return view.bytes();
        }

        private byte[] area(long area, WindowLayout today) {
            ByteBuffer out = ByteBuffer.allocate(today.areaBytes()).putLong(area);
            for (int i = 0; i < today.areaSlots(); i++) {
                long slot = area * today.areaSlots() + i;
                out.put(slot < oldest() || slot > newest ? 0 : marks[(int) (slot - oldest())]);
            }
            for (int i = 0; i < today.areaSlots(); i++) {
                long slot = area * today.areaSlots() + i;
                for (int m = 0; m < measures; m++) {
                    boolean kept = slot >= oldest() && slot <= newest;
                    out.putFloat(kept ? values[(int) (slot - oldest()) * measures + m] : Float.NaN);
                }
            }
            return out.array();
        }
    }

    /// Takes over the sensors that are not yet known.
    ///
    /// @return sensors whose state was written for another window or other measures
    Set<String> takeOver(Sensors sensors) {
        Set<String> unreadable = new HashSet<>();
        SensorState view = sensors.view();
        windows.forEach((sensor, bytes) -> {
            if (sensors.find(sensor, view) == null && !takeOver(sensor, bytes, sensors, view)) {
                unreadable.add(sensor);
            }
        });
        return unreadable;
    }

    private boolean takeOver(String sensor, byte[] bytes, Sensors sensors, SensorState view) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte version = in.get();
            int windowBytes = in.getInt();
            long offset = in.getLong();
            long[] pending = new long[in.getInt()];
            for (int i = 0; i < pending.length; i++) {
                pending[i] = in.getLong();
            }
            Slots slots = version == WHOLE ? whole(windowBytes, in) : version == HEAD ? inChunks(sensor, in) : null;
            if (slots == null) {
                return false;
            }
            SensorBytes taken = sensors.create(sensor, view).bytes();
            taken.window = slots.window(offset);
            taken.seasonal = seasonal(sensor);
            view.on(taken);
            for (long slot : pending) {
                view.setPending(slot, true);
            }
            view.touchAll();
            return true;
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    /// The seasonal state in the form of today; null when there was none.
    private byte @Nullable [] seasonal(String sensor) {
        OldSeasonalForm old = layout.oldSeasonalForm();
        boolean found = false;
        for (int chunk = 0; old != null && chunk < OldSeasonalForm.CHUNKS; chunk++) {
            byte[] bytes = seasonal.get(sensor + CHUNK_MARK + chunk);
            if (bytes != null && bytes.length == layout.oldSeasonalChunkBytes()) {
                old.read(chunk, ByteBuffer.wrap(bytes));
                found = true;
            }
        }
        return found ? requireNonNull(old).state() : null;
    }

    private @Nullable Slots whole(int windowBytes, ByteBuffer in) {
        if (windowBytes != 2 * Long.BYTES + retained * (1 + measures * Float.BYTES) || layout.isSplit()) {
            return null;
        }
        Slots slots = new Slots(in);
        byte[] marks = new byte[retained]; // [slot mod retained]
        in.get(marks);
        int values = in.position();
        for (long slot = slots.oldest(); slot <= slots.newest; slot++) {
            int index = (int) Math.floorMod(slot, (long) retained);
            in.position(values + index * measures * Float.BYTES);
            slots.put(slot, marks[index], in);
        }
        return slots;
    }

    private @Nullable Slots inChunks(String sensor, ByteBuffer in) {
        if (!layout.isSplit()) {
            return null;
        }
        Slots slots = new Slots(in);
        for (int number = 0; number < retained; number++) {
            byte[] chunk = chunks.get(sensor + CHUNK_MARK + number);
            if (chunk != null) {
                readChunk(ByteBuffer.wrap(chunk), slots);
            }
        }
        return slots;
    }

    private static void readChunk(ByteBuffer in, Slots slots) {
        for (long slot = in.getLong(); in.hasRemaining(); slot++) {
            byte mark = in.get();
            if (mark != 0) {
                slots.put(slot, mark, in);
            }
        }
    }
}
