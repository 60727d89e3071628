package dev.headwater.forecasting.truth;

import dev.headwater.forecasting.interval.AdaptiveOffsets;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;

/// Where things lie in the bytes of one sensor's pending forecasts; all numbers are little endian.
///
/// | what | bytes |
/// |---|---|
/// | head | last settled slot (long), a bit per row (its target slot is settled), what the intervals learnt |
/// | row, at `slot mod rows` | slot (low int), model (short), flags (byte), last observed value, unit (floats) |
/// | and then | a short per value, a byte per bound |
///
/// A value is its difference from the last observed one in 32,767ths of the unit, a bound the [OffsetCode] of
/// its distance from the value. The unit of a row is the largest of these differences and distances, so a row
/// holds targets of any magnitude; a value is rounded by 1/65,534 of the unit at most.
///
/// There is a row for each slot that can still be forecast from: as many as slots from a forecast to its last
/// step.
///
/// Rows are stored in parts of one or a few, at most [#MAX_PARTS] of them. The part of the newest row carries
/// the head.
public final class PendingLayout {

    /// Version of the form of the bytes.
    public static final int VERSION = 1;

    /// A bit of a `long` for each.
    public static final int MAX_PARTS = 60;

    private static final int ROW_HEAD = Integer.BYTES + Short.BYTES + 1 + 2 * Float.BYTES;

    private final WindowSpec window;
    private final Levels levels;
    private final int rows;
    private final int rowsPerPart;
    private final int rowBytes;
    private final int headBytes;

    public PendingLayout(SensorNetwork network) {
        this(network.window(), Levels.DEFAULT);
    }

    PendingLayout(WindowSpec window, Levels levels) {
        this.window = window;
        this.levels = levels;
        this.rows = window.lead(window.horizon());
        this.rowsPerPart = Math.ceilDiv(rows, MAX_PARTS);
        int bounds = window.horizon() * levels.bounds();
        this.rowBytes = ROW_HEAD + window.horizon() * Short.BYTES + bounds;
        this.headBytes = learnt() + AdaptiveOffsets.bytes(levels, window);
    }

    /// Levels of the intervals, narrowest first.
    public Levels levels() {
        return levels;
    }

    /// Bytes of a sensor.
    public int bytes() {
        return headBytes + rows * rowBytes;
    }

    /// Parts of the bytes.
    public int parts() {
        return Math.ceilDiv(rows, rowsPerPart);
    }

    WindowSpec window() {
        return window;
    }

    int rows() {
        return rows;
    }

    int settledBits() {
        return Long.BYTES;
    }

    int learnt() {
        return Long.BYTES + Math.ceilDiv(rows, Byte.SIZE);
    }

    int headBytes() {
        return headBytes;
    }

    int row(long slot) {
        return headBytes + Math.floorMod(slot, rows) * rowBytes;
    }

    int values(int row) {
        return row + ROW_HEAD;
    }

    int bounds(int row) {
        return values(row) + window.horizon() * Short.BYTES;
    }

    int part(long slot) {
        return Math.floorMod(slot, rows) / rowsPerPart;
    }

    int partOffset(int part) {
        return headBytes + part * rowsPerPart * rowBytes;
    }

    int partBytes(int part) {
        return Math.min(rowsPerPart, rows - part * rowsPerPart) * rowBytes;
    }
}
