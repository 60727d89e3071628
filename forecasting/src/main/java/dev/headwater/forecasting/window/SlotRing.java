package dev.headwater.forecasting.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The areas of a window's ring: where the mark and the values of a slot lie in its bytes ([WindowLayout]). A view of
/// the bytes of one sensor after the other. Not thread-safe.
final class SlotRing {

    /// A place that does not exist.
    static final int NONE = -1;

    /// The mark of a slot without a reading.
    static final byte EMPTY = 0;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final WindowLayout layout;
    private final int areaSlots;
    private final int areaBytes;
    private final int slotBytes; // of the values
    private byte[] bytes = new byte[0];
    private int base; // of the first area
    private int allocated; // areas

    SlotRing(WindowLayout layout) {
        this.layout = layout;
        this.areaSlots = layout.areaSlots();
        this.areaBytes = layout.areaBytes();
        this.slotBytes = layout.measures() * Float.BYTES;
    }

    /// Points the view at areas that reach from an offset to the end of the bytes.
    void on(byte[] other, int at) {
        bytes = other;
        base = at;
        allocated = (other.length - at) / areaBytes;
    }

    /// The bytes: another array once an area was opened for which the ring had to grow.
    byte[] bytes() {
        return bytes;
    }

    /// Offset of a slot's mark; `NONE` where no area holds the slot.
    int mark(long slot) {
        long area = areaOf(slot);
        int at = areaAt(area);
        return number(at) == area ? at + Long.BYTES + (int) (slot - area * areaSlots) : NONE;
    }

    /// Offset of a slot's mark; opens its area, and lets an outdated one go, if need be.
    ///
    /// @param newest the ring's newest slot
    int open(long slot, long newest) {
        long area = areaOf(slot);
        int at = areaAt(area);
        while (number(at) != area && isAlive(number(at), newest) && allocated < layout.areas()) {
            grow();
            at = areaAt(area);
        }
        if (number(at) != area) {
            LONG.set(bytes, at, area);
            Arrays.fill(bytes, at + Long.BYTES, at + Long.BYTES + areaSlots, EMPTY);
        }
        return at + Long.BYTES + (int) (slot - area * areaSlots);
    }

    /// Offset of a slot's values.
    ///
    /// @param mark offset of its mark
    int values(int mark, long slot) {
        int index = Math.floorMod(slot, areaSlots);
        return mark - index + areaSlots + index * slotBytes;
    }

    /// The place of a slot's area in a full ring, from 0.
    int place(long slot) {
        return Math.floorMod(areaOf(slot), layout.areas());
    }

    /// Offset of the newest area at a place in a full ring; `NONE` when it is not there.
    int area(int place, long newest) {
        long last = areaOf(newest);
        long area = last - Math.floorMod(last - place, layout.areas());
        int at = areaAt(area);
        return number(at) == area ? at : NONE;
    }

    /// Takes in an area that was stored by itself.
    ///
    /// @param from   bytes with the area
    /// @param offset of the area
    void restore(byte[] from, int offset) {
        long area = (long) LONG.get(from, offset);
        while (allocated < layout.areas() && number(areaAt(area)) != area && !isVacant(bytes, areaAt(area))) {
            grow();
        }
        put(from, offset);
    }

    private long areaOf(long slot) {
        return Math.floorDiv(slot, (long) areaSlots);
    }

    private int areaAt(long area) {
        return base + Math.floorMod(area, allocated) * areaBytes;
    }

    private long number(int at) {
        return (long) LONG.get(bytes, at);
    }

    /// Whether an area may hold retained slots.
    private boolean isAlive(long area, long newest) {
        return (area + 1) * areaSlots > newest - layout.retained() + 1 && area * areaSlots <= newest;
    }

    private void grow() {
        byte[] before = bytes;
        int areas = allocated;
        allocated = Math.min(layout.areas(), 2 * areas);
        bytes = new byte[base + allocated * areaBytes];
        System.arraycopy(before, 0, bytes, 0, base);
        for (int i = 0; i < areas; i++) {
            put(before, base + i * areaBytes);
        }
    }

    /// Copies an area to its place, unless it is vacant or the place has a newer one.
    private void put(byte[] from, int offset) {
        long area = (long) LONG.get(from, offset);
        int at = areaAt(area);
        if (!isVacant(from, offset) && (number(at) <= area || isVacant(bytes, at))) {
            System.arraycopy(from, offset, bytes, at, areaBytes);
        }
    }

    private boolean isVacant(byte[] of, int at) {
        for (int i = 0; i < areaSlots; i++) {
            if (of[at + Long.BYTES + i] != EMPTY) {
                return false;
            }
        }
        return true;
    }
}
