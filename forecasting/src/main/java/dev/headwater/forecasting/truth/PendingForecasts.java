package dev.headwater.forecasting.truth;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.interval.AdaptiveOffsets;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.WindowSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The forecasts of one sensor whose truths are still to come, and what its intervals have learnt from the
/// truths so far. Used slot by slot: [#settle], then [#issue] or [#abstain]. So the interval of a forecast
/// depends on the truths until its slot and on no later one, in an evaluation of history and in the stream
/// alike.
///
/// A target slot is settled once, for all forecasts of it in the ring. A truth that comes late, but before
/// its forecasts leave the ring, is settled with the next slot.
///
/// This is a view of bytes in the form of a [PendingLayout], which it reads and changes in place. Not
/// thread-safe.
public final class PendingForecasts {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NEVER = Long.MIN_VALUE;

    private final PendingLayout layout;
    private final WindowSpec window;
    private final Levels levels;
    private final int rows;
    private final PendingRows ring;
    private final AdaptiveOffsets learnt;
    private final SettledStep step;
    private final float[] bounds; // [step][level][lower, upper], of the forecast issued last
    private byte[] bytes;
    private long touched;

    /// A view of a sensor without forecasts.
    public PendingForecasts(PendingLayout layout) {
        this.layout = layout;
        this.window = layout.window();
        this.levels = layout.levels();
        this.rows = layout.rows();
        this.ring = new PendingRows(layout);
        this.learnt = new AdaptiveOffsets(levels, window);
        this.step = new SettledStep(levels.count());
        this.bounds = new float[window.horizon() * levels.bounds()];
        this.bytes = empty(layout);
        on(bytes);
    }

    /// The bytes of a sensor without forecasts.
    public static byte[] empty(PendingLayout layout) {
        byte[] empty = new byte[layout.bytes()];
        LONG.set(empty, 0, NEVER);
        return empty;
    }

    /// Points the view at the bytes of a sensor, and forgets which parts of the last one were touched.
    public PendingForecasts on(byte[] other) {
        if (other.length != layout.bytes()) {
            throw new IllegalArgumentException(
                    "pending forecasts must have " + layout.bytes() + " bytes, found " + other.length);
        }
        bytes = other;
        ring.on(other);
        learnt.on(other, layout.learnt());
        touched = 0;
        return this;
    }

    /// The slot of the last call of [#settle]; [Long#MIN_VALUE] before the first.
    public long through() {
        return (long) LONG.get(bytes, 0);
    }

    /// Compares what was forecast for the slots until `slot` with the truths that are known by now, and
    /// learns from them. Afterwards forecasts whose last step is not later than `slot` are gone.
    ///
    /// @param slot  of the forecast that is issued next; nothing happens when a later one was issued already
    /// @param truth of this sensor; asked for slots until `slot` alone
    /// @param sink  receives the steps
    public void settle(long slot, SlotTruth truth, Settled sink) {
        long through = through();
        if (through != NEVER && slot >= through) {
            for (long late = through - rows + 1; late <= through; late++) {
                if (!isSettled(late)) {
                    settleSlot(late, truth, sink);
                }
            }
            advance(through + 1, Math.min(slot, through + rows), truth, sink);
        }
        if (slot > through) {
            advance(Math.max(through, slot - 2L * rows) + rows + 1, slot, truth, sink); // after a jump
        }
        touch(Math.max(slot, through));
    }

    private void advance(long from, long to, SlotTruth truth, Settled sink) {
        for (long next = from; next <= to; next++) {
            setSettled(next, false);
            settleSlot(next, truth, sink);
            drop(next - rows, sink);
            LONG.set(bytes, 0, next);
        }
    }

    private void settleSlot(long target, SlotTruth truth, Settled sink) {
        float observed = truth.at(target);
        if (Float.isNaN(observed)) {
            return;
        }
        setSettled(target, true);
        for (int index = 0; index < window.horizon(); index++) {
            long issued = target - window.lead(index + 1);
            if (isPending(issued)) {
                ring.read(issued, step.of(target, index, observed));
                learnt.learn(index, step.bounds(), observed);
                sink.settled(step);
            }
        }
    }

    /// Reports the steps of a forecast that no truth came for until its last step.
    private void drop(long issued, Settled sink) {
        for (int index = 0; isPending(issued) && index < window.horizon(); index++) {
            long target = issued + window.lead(index + 1);
            if (!isSettled(target)) {
                sink.missing(ring.model(issued), target, index);
            }
        }
    }

    /// Whether a forecast of that slot is kept, and was not dropped.
    private boolean isPending(long issued) {
        return issued > through() - rows && ring.holds(issued);
    }

    private boolean isSettled(long slot) {
        int bit = Math.floorMod(slot, rows);
        return (bytes[layout.settledBits() + bit / Byte.SIZE] & 1 << bit % Byte.SIZE) != 0;
    }

    private void setSettled(long slot, boolean settled) {
        int bit = Math.floorMod(slot, rows);
        int at = layout.settledBits() + bit / Byte.SIZE;
        int mask = 1 << bit % Byte.SIZE;
        bytes[at] = (byte) (settled ? bytes[at] | mask : bytes[at] & ~mask);
    }

    /// Notes that the forecast at a slot abstained. After [#settle] of that slot.
    public void abstain(long slot) {
        if (slot > through() - rows) {
            ring.clear(slot);
            touch(slot);
        }
    }

    /// Keeps a forecast, and computes its bounds. After [#settle] of its slot.
    ///
    /// @param model   tells the steps of this model apart when they are settled
    /// @param last    last observed value of the window, NaN for none
    /// @param values  `[horizon]` from `from` on, unit of the target
    /// @param offsets `[horizon][level][lower, upper]` fitted distances from the value, NaN for none; changed
    ///                in place. See [dev.headwater.forecasting.interval.IntervalTable#offsets]
    /// @throws IllegalStateException when the slot was not settled
    public void issue(long slot, short model, float last, float[] values, int from, float[] offsets) {
        if (slot > through()) {
            throw new IllegalStateException("slot " + slot + ": settle it before it is issued");
        }
        learnt.shift(offsets);
        float unit = PendingRows.unit(last, values, from, window.horizon(), offsets);
        if (slot > through() - rows) {
            ring.write(slot, model, last, unit, values, from, offsets);
            touch(slot);
        }
        for (int bound = 0; bound < bounds.length; bound++) {
            bounds[bound] = values[from + bound / levels.bounds()] + OffsetCode.rounded(offsets[bound], unit);
        }
    }

    /// The bounds of the forecast issued last, `[step][level][lower, upper]`, NaN for none; overwritten by
    /// the next.
    public float[] bounds() {
        return bounds;
    }

    /// A bound of the forecast issued last; NaN for none.
    ///
    /// @param index 0 = the first step
    /// @param bound `2 * level` for the lower one, `2 * level + 1` for the upper one
    public float bound(int index, int bound) {
        return bounds[index * levels.bounds() + bound];
    }

    /// Reads a forecast that is kept, rounded as [PendingLayout] says.
    ///
    /// @param slot  at which it was issued
    /// @param value `[horizon]`, is filled
    /// @param limit `[horizon][level][lower, upper]`, is filled; NaN for none
    /// @return false when none is kept
    public boolean read(long slot, float[] value, float[] limit) {
        boolean kept = isPending(slot);
        for (int index = 0; kept && index < window.horizon(); index++) {
            ring.read(slot, step.of(slot + window.lead(index + 1), index, Float.NaN));
            value[index] = step.forecast();
            System.arraycopy(step.bounds(), 0, limit, index * levels.bounds(), levels.bounds());
        }
        return kept;
    }

    /// The intervals of the forecast issued last, narrowest first, those without bounds left out.
    public List<Forecast.Interval> intervals() {
        List<Forecast.Interval> intervals = new ArrayList<>(levels.count());
        for (int level = 0; level < levels.count(); level++) {
            float[] lower = new float[window.horizon()];
            float[] upper = new float[window.horizon()];
            for (int index = 0; index < window.horizon(); index++) {
                lower[index] = bound(index, 2 * level);
                upper[index] = bound(index, 2 * level + 1);
            }
            if (!Float.isNaN(lower[0])) {
                intervals.add(new Forecast.Interval(levels.values().get(level), lower, upper));
            }
        }
        return intervals;
    }

    private void touch(long slot) {
        touched |= 1L << layout.part(slot);
    }

    /// The parts that have changed since [#on] or the last call, a bit each.
    public long takeTouched() {
        long parts = touched;
        touched = 0;
        return parts;
    }

    /// Length of a part as it is stored now.
    public int storedBytes(int part) {
        return layout.partBytes(part) + (carriesHead(part) ? layout.headBytes() : 0);
    }

    private boolean carriesHead(int part) {
        return through() != NEVER && part == layout.part(through());
    }

    /// Writes a part as it is stored: its rows, and in the part of the newest row then the head.
    ///
    /// @param to   has [#storedBytes] bytes from `from` on
    public void store(int part, byte[] to, int from) {
        int rowBytes = layout.partBytes(part);
        System.arraycopy(bytes, layout.partOffset(part), to, from, rowBytes);
        if (carriesHead(part)) {
            System.arraycopy(bytes, 0, to, from + rowBytes, layout.headBytes());
        }
    }

    /// Takes in a stored part. Parts may come in any order: the newest head is kept.
    ///
    /// @param stored a part from `from` to the end
    /// @return false when it does not have the length of that part
    public boolean restore(int part, byte[] stored, int from) {
        if (part < 0 || part >= layout.parts()) {
            return false;
        }
        int rowBytes = layout.partBytes(part);
        int length = stored.length - from;
        boolean withHead = length == rowBytes + layout.headBytes();
        if (length != rowBytes && !withHead) {
            return false;
        }
        System.arraycopy(stored, from, bytes, layout.partOffset(part), rowBytes);
        if (withHead && (long) LONG.get(stored, from + rowBytes) >= through()) {
            System.arraycopy(stored, from + rowBytes, bytes, 0, layout.headBytes());
        }
        return true;
    }
}
