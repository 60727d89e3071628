package dev.headwater.forecasting.window;

/// Where the slots of a [SensorWindow] lie in its bytes: after a head of 16 bytes (first slot, newest slot) a
/// ring of areas. An area holds `areaSlots` consecutive slots, those of one area number (`slot / areaSlots`):
/// the number, a mark per slot, and the values per slot. All numbers are big-endian.
///
/// A ring begins with one area and doubles until it has [#areas()] of them, so that a sensor costs little
/// before it has sent several readings.
///
/// @param measures  values of one reading
/// @param retained  slots kept
/// @param areaSlots slots of an area
public record WindowLayout(int measures, int retained, int areaSlots) {

    /// Bytes of the head.
    public static final int HEAD = 2 * Long.BYTES;

    public WindowLayout {
        if (measures < 1 || retained < 1 || areaSlots < 1) {
            throw new IllegalArgumentException("window layout: measures, retained and area slots must be at least 1,"
                    + " found " + measures + ", " + retained + " and " + areaSlots);
        }
    }

    /// Areas of a full ring. Opening a new area must not overwrite slots that are still retained.
    public int areas() {
        return Math.ceilDiv(retained - 1, areaSlots) + 1;
    }

    /// Bytes of an area.
    public int areaBytes() {
        return Long.BYTES + areaSlots * (1 + measures * Float.BYTES);
    }

    /// Bytes of a window with that many areas.
    public int bytes(int areas) {
        return HEAD + areas * areaBytes();
    }
}
