package dev.headwater.forecasting.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The last slots of one sensor, including empty ones: the stream keeps them and forecasts read them.
///
/// A ring of `retained` slots, at least as long as the lookback. A reading belongs to a slot. A newer slot
/// moves the ring forward, and slots without a reading stay empty; an older slot within the ring is filled; a
/// reading older than the ring is late.
///
/// This is a view of bytes in the form of a [WindowLayout], which it reads and changes in place; [#on] points
/// it at those of another sensor. Not thread-safe.
public final class SensorWindow {

    /// Version of the form of the bytes.
    public static final int VERSION = 1;

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

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);

    // A mark is one of these or SlotRing.EMPTY, and PENDING beside it.
    private static final byte FILLED_LATER = 1;
    private static final byte OPENED = 2;
    private static final byte ARRIVAL = 3; // mask
    private static final byte PENDING = 4;

    private static final int NEWEST = Long.BYTES; // offset in the head

    private final WindowLayout layout;
    private final int measures;
    private final SlotRing ring;
    private byte[] bytes; // those of the ring
    private int base; // of the window within the bytes
    private long first;
    private long newest;
    private long touched; // bit per area of a full ring, of the first 64

    /// A view of a new window.
    public SensorWindow(WindowLayout layout) {
        this.layout = layout;
        this.measures = layout.measures();
        this.ring = new SlotRing(layout);
        this.bytes = empty(layout, 0);
        on(bytes, 0);
    }

    /// A view of a new window.
    ///
    /// @param measures values of one reading
    /// @param retained slots kept
    public SensorWindow(int measures, int retained) {
        this(new WindowLayout(measures, retained, retained));
    }

    /// The bytes of a window without readings: a head and one area.
    ///
    /// @param base free bytes before the window
    public static byte[] empty(WindowLayout layout, int base) {
        byte[] empty = new byte[base + layout.bytes(1)];
        LONG.set(empty, base, Long.MAX_VALUE);
        LONG.set(empty, base + NEWEST, Long.MIN_VALUE);
        return empty;
    }

    /// Points the view at the window that begins at `base` and reaches to the end of the bytes.
    public SensorWindow on(byte[] other, int at) {
        bytes = other;
        base = at;
        ring.on(other, at + WindowLayout.HEAD);
        first = (long) LONG.get(other, at);
        newest = (long) LONG.get(other, at + NEWEST);
        touched = 0;
        return this;
    }

    /// The bytes: another array once a reading made the ring grow.
    public byte[] bytes() {
        return bytes;
    }

    /// Adds a reading.
    ///
    /// @param reading one value per measure, NaN = missing; copied
    public Arrival add(long slot, float[] reading) {
        if (isEmpty()) {
            span(slot, slot);
            put(slot, reading, OPENED);
            return Arrival.ADVANCED;
        }
        if (slot > newest) {
            clearFrom(Math.max(newest + 1, slot - layout.retained() + 1), slot);
            span(first, slot);
            put(slot, reading, OPENED);
            return Arrival.ADVANCED;
        }
        if (!retains(slot)) {
            return Arrival.LATE;
        }
        span(Math.min(first, slot), newest);
        int mark = mark(slot);
        put(slot, reading, mark == SlotRing.EMPTY ? FILLED_LATER : (byte) mark);
        return mark == SlotRing.EMPTY ? Arrival.FILLED : Arrival.DUPLICATE;
    }

    private void span(long from, long to) {
        first = from;
        newest = to;
        LONG.set(bytes, base, from);
        LONG.set(bytes, base + NEWEST, to);
    }

    private void put(long slot, float[] reading, byte mark) {
        int at = ring.open(slot, newest);
        bytes = ring.bytes();
        bytes[at] = mark;
        int values = ring.values(at, slot);
        for (int m = 0; m < measures; m++) {
            FLOAT.set(bytes, values + m * Float.BYTES, reading[m]);
        }
        touch(slot);
    }

    private void touch(long slot) {
        touched |= 1L << ring.place(slot);
    }

    /// Empties the slots from one to another: a crash may have left readings beyond the newest one.
    private void clearFrom(long from, long to) {
        for (long slot = from; slot <= to; slot++) {
            int at = ring.mark(slot);
            if (at != SlotRing.NONE) {
                bytes[at] = SlotRing.EMPTY;
            }
        }
    }

    /// Offset of the mark of a slot with a reading; `NONE` for any other slot.
    private int arrival(long slot) {
        int at = retains(slot) ? ring.mark(slot) : SlotRing.NONE;
        return at == SlotRing.NONE || (bytes[at] & ARRIVAL) == SlotRing.EMPTY ? SlotRing.NONE : at;
    }

    private int mark(long slot) {
        int at = arrival(slot);
        return at == SlotRing.NONE ? SlotRing.EMPTY : bytes[at];
    }

    public boolean isEmpty() {
        return newest == Long.MIN_VALUE;
    }

    /// The newest slot that a reading opened.
    public long newest() {
        return newest;
    }

    /// The sensor's first slot.
    public long first() {
        return first;
    }

    /// Whether the slot is within the ring.
    public boolean retains(long slot) {
        return slot <= newest && slot > newest - layout.retained();
    }

    /// The oldest slot within the ring that is not older than the first reading.
    public long oldest() {
        return Math.max(first, newest - layout.retained() + 1);
    }

    /// Whether the slot has a reading, even one without a value.
    public boolean arrived(long slot) {
        return arrival(slot) != SlotRing.NONE;
    }

    /// Whether the slot was the newest one when its reading arrived: a forecast is issued at these slots.
    public boolean opened(long slot) {
        return (mark(slot) & ARRIVAL) == OPENED;
    }

    /// Whether the `slots` slots that end at `end` lie within the ring and do not begin before the sensor's
    /// first reading.
    public boolean covers(long end, int slots) {
        long begin = end - slots + 1;
        return retains(end) && retains(begin) && begin >= first;
    }

    /// Whether a forecast is pending at the slot.
    public boolean isPending(long slot) {
        return (mark(slot) & PENDING) != 0;
    }

    /// Notes whether a forecast is pending at a slot that has a reading.
    ///
    /// @return false when nothing changed
    public boolean setPending(long slot, boolean pending) {
        int at = arrival(slot);
        if (at == SlotRing.NONE || (bytes[at] & PENDING) != 0 == pending) {
            return false;
        }
        bytes[at] ^= PENDING;
        touch(slot);
        return true;
    }

    /// A measure at a slot; NaN when missing or no longer kept.
    public float value(long slot, int measure) {
        int at = arrival(slot);
        return at == SlotRing.NONE
                ? Float.NaN
                : (float) FLOAT.get(bytes, ring.values(at, slot) + measure * Float.BYTES);
    }

    /// Copies the window of `lookback` slots that ends at `end`, all measures, oldest first.
    ///
    /// @param out `[lookback][measure]` from `offset` on
    public void copy(long end, int lookback, float[] out, int offset) {
        copy(end, lookback, 1, out, offset);
    }

    /// Copies the window of `lookback` samples, `stride` slots apart, the last of them at `end`; all
    /// measures, oldest first.
    ///
    /// @param out `[lookback][measure]` from `offset` on
    public void copy(long end, int lookback, int stride, float[] out, int offset) {
        int at = offset;
        for (long slot = end - (lookback - 1L) * stride; slot <= end; slot += stride, at += measures) {
            int mark = arrival(slot);
            if (mark == SlotRing.NONE) {
                Arrays.fill(out, at, at + measures, Float.NaN);
            } else {
                int value = ring.values(mark, slot);
                for (int m = 0; m < measures; m++) {
                    out[at + m] = (float) FLOAT.get(bytes, value + m * Float.BYTES);
                }
            }
        }
    }

    /// The areas that changed since the last call or since [#on]: a bit for each area of a full ring, counted
    /// from the area number modulo [WindowLayout#areas()]; only for rings of up to 64 areas.
    public long takeTouched() {
        long areas = touched;
        touched = 0;
        return areas;
    }

    /// Offset of the newest area of those with that place in a full ring; -1 when there is none.
    ///
    /// @param place from 0 to [WindowLayout#areas()] - 1
    public int area(int place) {
        return isEmpty() ? SlotRing.NONE : ring.area(place, newest);
    }

    /// Takes in an area that was stored by itself. The head may have been stored before or after it: slots
    /// beyond the newest one count as empty.
    ///
    /// @param from   bytes with the area
    /// @param offset of the area
    public void restore(byte[] from, int offset) {
        ring.restore(from, offset);
        bytes = ring.bytes();
    }
}
