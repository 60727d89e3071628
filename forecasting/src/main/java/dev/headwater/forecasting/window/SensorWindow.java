package dev.headwater.forecasting.window;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/// The last slots of one sensor, empty ones included: what the stream keeps, and what a forecast reads.
///
/// A ring of `retained` slots, at least as long as the lookback. A reading belongs to a slot: a newer slot moves the
/// ring forward (slots without a reading stay empty), an older one that is still inside fills its place, and one that
/// is older than the ring is late. Not thread-safe.
///
/// A long ring is kept in chunks of consecutive slots, and knows which of them a reading has touched, so that its owner
/// need not write all of it for each reading.
public final class SensorWindow {

    /// What a reading did to the window.
    public enum Arrival {
        /// It opened a new newest slot.
        ADVANCED,
        /// It filled an empty slot of the past.
        FILLED,
        /// Its slot was filled before; the last value won.
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
    private final int capacity; // slots of the ring: retained ones, rounded up to chunks
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
    /// @param chunkSlots slots of a chunk; `retained` for a ring of one piece
    public SensorWindow(int measures, int retained, int chunkSlots) {
        this.measures = measures;
        this.retained = retained;
        this.chunkSlots = chunkSlots;
        // A chunk that is begun must not overwrite slots that are still retained.
        int chunks = chunkSlots == retained ? 1 : Math.ceilDiv(retained - 1, chunkSlots) + 1;
        this.capacity = chunks * chunkSlots;
        this.values = new float[capacity * measures];
        this.marks = new byte[capacity];
        Arrays.fill(values, Float.NaN);
    }

    /// Takes a reading.
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

    /// True when the slot is inside the ring.
    public boolean retains(long slot) {
        return slot <= newest && slot > newest - retained;
    }

    /// True when a reading came for that slot, even one without a value.
    public boolean arrived(long slot) {
        return retains(slot) && marks[index(slot)] != EMPTY;
    }

    /// True when that slot was the newest one when its reading came: the slots at which a forecast is issued.
    public boolean opened(long slot) {
        return retains(slot) && marks[index(slot)] == OPENED;
    }

    /// True when the `slots` slots that end at `end` lie inside the ring and do not begin before the sensor's first
    /// reading.
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

    /// Bytes that `write` takes.
    public int serializedBytes() {
        return 2 * Long.BYTES + capacity * (1 + measures * Float.BYTES);
    }

    /// Writes the whole state; `read` of a window of the same measures, retention and chunks takes it back.
    public void write(ByteBuffer out) {
        writeSpan(out);
        out.put(marks);
        out.asFloatBuffer().put(values);
        out.position(out.position() + values.length * Float.BYTES);
    }

    /// Replaces the state by one that `write` wrote.
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

    /// The chunks that readings were put into since the last call, ascending.
    public int[] takeTouched() {
        int[] chunks = touched.stream().toArray();
        touched.clear();
        return chunks;
    }

    /// Writes what the ring spans, without its slots: 16 bytes.
    public void writeSpan(ByteBuffer out) {
        out.putLong(first).putLong(newest);
    }

    /// Takes back what `writeSpan` wrote; all slots are empty then.
    public void readSpan(ByteBuffer in) {
        first = in.getLong();
        newest = in.getLong();
        Arrays.fill(marks, EMPTY);
        Arrays.fill(values, Float.NaN);
    }

    /// Bytes that `writeChunk` takes at most.
    public int chunkBytes() {
        return Long.BYTES + chunkSlots * (1 + measures * Float.BYTES);
    }

    /// Writes the slots that a chunk holds now: the first of them, a mark for each, the values of those that have any.
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

    /// Puts the slots of a chunk back, as far as the ring spans them: a chunk may have been written before or after the
    /// span was.
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
