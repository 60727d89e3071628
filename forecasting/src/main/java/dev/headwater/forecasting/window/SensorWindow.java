package dev.headwater.forecasting.window;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// The last slots of one sensor, including empty ones: the stream keeps them and forecasts read them.
///
/// A ring of `retained` slots, at least as long as the lookback. A reading belongs to a slot. A newer slot
/// moves the ring forward, and slots without a reading stay empty; an older slot within the ring is filled; a
/// reading older than the ring is late. Not thread-safe.
///
/// A long ring consists of chunks of consecutive slots and tracks which chunks changed, so that its owner need
/// not write the whole ring for each reading.
public final class SensorWindow {

    /// The effect of a reading on the window.
    public enum Arrival {
        /// It opened a new newest slot.
        ADVANCED,
        /// It filled an empty slot of the past.
        FILLED,
        /// Its slot was filled before; the new value replaced the old one.
        DUPLICATE,
        /// Its slot is older than the ring; it was dropped.
        LATE
    }

    private static final byte EMPTY = 0;
    private static final byte FILLED_LATER = 1;
    private static final byte OPENED = 2;

    private final int measures;
    private final int retained;
    private final int chunkSlots;
    private final int capacity; // slots of the ring: `retained` rounded up to whole chunks
    private final float[] values; // [slot mod capacity][measure], NaN = missing
    private final byte[] marks; // [slot mod capacity], EMPTY, FILLED_LATER or OPENED
    private final BitSet touched = new BitSet(); // chunks
    private long first = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    /// @param measures values of one reading
    /// @param retained slots kept
    public SensorWindow(int measures, int retained) {
        this(measures, retained, retained);
    }

    /// @param measures   values of one reading
    /// @param retained   slots kept
    /// @param chunkSlots slots per chunk; `retained` for a single chunk
    public SensorWindow(int measures, int retained, int chunkSlots) {
        this.measures = measures;
        this.retained = retained;
        this.chunkSlots = chunkSlots;
        // Starting a new chunk must not overwrite slots that are still retained.
        int chunks = chunkSlots == retained ? 1 : Math.ceilDiv(retained - 1, chunkSlots) + 1;
        this.capacity = chunks * chunkSlots;
        this.values = new float[capacity * measures];
        this.marks = new byte[capacity];
        Arrays.fill(values, Float.NaN);
    }

    /// Adds a reading.
    ///
    /// @param reading one value per measure, NaN = missing; copied
    public Arrival add(long slot, float[] reading) {
        if (isEmpty()) {
            first = slot;
            newest = slot;
            put(slot, reading, OPENED);
            return Arrival.ADVANCED;
        }
        if (slot > newest) {
            advance(slot);
            put(slot, reading, OPENED);
            return Arrival.ADVANCED;
        }
        if (!retains(slot)) {
            return Arrival.LATE;
        }
        first = Math.min(first, slot);
        byte mark = marks[index(slot)];
        put(slot, reading, mark == EMPTY ? FILLED_LATER : mark);
        return mark == EMPTY ? Arrival.FILLED : Arrival.DUPLICATE;
    }

    private void put(long slot, float[] reading, byte mark) {
        System.arraycopy(reading, 0, values, index(slot) * measures, measures);
        marks[index(slot)] = mark;
        touched.set(index(slot) / chunkSlots);
    }

    private void advance(long slot) {
        long from = Math.max(newest + 1, slot - capacity + 1);
        for (long empty = from; empty <= slot; empty++) {
            marks[index(empty)] = EMPTY;
            Arrays.fill(values, index(empty) * measures, (index(empty) + 1) * measures, Float.NaN);
        }
        newest = slot;
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) capacity);
    }

    public boolean isEmpty() {
        return newest == Long.MIN_VALUE;
    }

    /// The newest slot that a reading opened.
    public long newest() {
        return newest;
    }

    /// Whether the slot is within the ring.
    public boolean retains(long slot) {
        return slot <= newest && slot > newest - retained;
    }

    /// Whether the slot has a reading, even one without a value.
    public boolean arrived(long slot) {
        return retains(slot) && marks[index(slot)] != EMPTY;
    }

    /// Whether the slot was the newest one when its reading arrived: a forecast is issued at these slots.
    public boolean opened(long slot) {
        return retains(slot) && marks[index(slot)] == OPENED;
    }

    /// Whether the `slots` slots that end at `end` lie within the ring and do not begin before the sensor's
    /// first reading.
    public boolean covers(long end, int slots) {
        long begin = end - slots + 1;
        return retains(end) && retains(begin) && begin >= first;
    }

    /// A measure at a slot; NaN when missing or no longer kept.
    public float value(long slot, int measure) {
        return retains(slot) ? values[index(slot) * measures + measure] : Float.NaN;
    }

    /// Copies the window of `lookback` slots that ends at `end`, all measures, oldest first.
    ///
    /// @param out `[lookback][measure]` from `offset` on
    public void copy(long end, int lookback, float[] out, int offset) {
        copy(end, lookback, 1, out, offset);
    }

    /// Copies the window of `lookback` samples, `stride` slots apart, the last of them at `end`; all measures, oldest
    /// first.
    ///
    /// @param out `[lookback][measure]` from `offset` on
    public void copy(long end, int lookback, int stride, float[] out, int offset) {
        int at = offset;
        for (long slot = end - (lookback - 1L) * stride; slot <= end; slot += stride, at += measures) {
            if (retains(slot)) {
                System.arraycopy(values, index(slot) * measures, out, at, measures);
            } else {
                Arrays.fill(out, at, at + measures, Float.NaN);
            }
        }
    }

    /// Number of bytes that `write` writes.
    public int serializedBytes() {
        return 2 * Long.BYTES + capacity * (1 + measures * Float.BYTES);
    }

    /// Writes the whole state, for `read` of a window with the same measures, retention and chunks.
    public void write(ByteBuffer out) {
        writeSpan(out);
        out.put(marks);
        out.asFloatBuffer().put(values);
        out.position(out.position() + values.length * Float.BYTES);
    }

    /// Replaces the state with one that `write` wrote.
    public void read(ByteBuffer in) {
        readSpan(in);
        in.get(marks);
        in.asFloatBuffer().get(values);
        in.position(in.position() + values.length * Float.BYTES);
    }

    /// Chunks of the ring.
    public int chunks() {
        return capacity / chunkSlots;
    }

    /// The chunks that readings changed since the last call, ascending.
    public int[] takeTouched() {
        int[] chunks = touched.stream().toArray();
        touched.clear();
        return chunks;
    }

    /// Writes the ring's first and newest slot, without the readings: 16 bytes.
    public void writeSpan(ByteBuffer out) {
        out.putLong(first).putLong(newest);
    }

    /// Restores what `writeSpan` wrote; all slots are then empty.
    public void readSpan(ByteBuffer in) {
        first = in.getLong();
        newest = in.getLong();
        Arrays.fill(marks, EMPTY);
        Arrays.fill(values, Float.NaN);
    }

    /// Most bytes that `writeChunk` writes.
    public int chunkBytes() {
        return Long.BYTES + chunkSlots * (1 + measures * Float.BYTES);
    }

    /// Writes the current slots of a chunk: the first slot number, a mark for each slot, and the values of
    /// those with a reading.
    public void writeChunk(int chunk, ByteBuffer out) {
        long base = newest - Math.floorMod(index(newest) - chunk * chunkSlots, capacity);
        out.putLong(base);
        for (long slot = base; slot < base + chunkSlots; slot++) {
            byte mark = retains(slot) ? marks[index(slot)] : EMPTY;
            out.put(mark);
            for (int m = 0; mark != EMPTY && m < measures; m++) {
                out.putFloat(values[index(slot) * measures + m]);
            }
        }
    }

    /// Restores those slots of a chunk that lie within the ring's span; the span may have been written before
    /// or after the chunk.
    public void readChunk(ByteBuffer in) {
        long base = in.getLong();
        float[] reading = new float[measures];
        for (long slot = base; slot < base + chunkSlots; slot++) {
            byte mark = in.get();
            for (int m = 0; mark != EMPTY && m < measures; m++) {
                reading[m] = in.getFloat();
            }
            if (mark != EMPTY && retains(slot)) {
                put(slot, reading, mark);
            }
        }
        touched.clear();
    }
}
