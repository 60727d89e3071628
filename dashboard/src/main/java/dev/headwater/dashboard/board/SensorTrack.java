package dev.headwater.dashboard.board;

import dev.headwater.forecasting.Forecast;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is remembered of one sensor: readings and forecasts of the last slots, in rings by slot, and its newest
/// forecast whole. Older forecasts are kept as half floats: they are drawn and averaged, not read off. Not
/// thread-safe.
final class SensorTrack {

    private static final short NO_HALF = Float.floatToFloat16(Float.NaN);

    private final Memory memory;
    private final float[] readings; // [ring][measure], NaN = gap
    private final short[] forecasts; // [ring][step], half floats, NaN = none
    private long newest = Long.MIN_VALUE; // slot to which the rings reach
    private long valued = Long.MIN_VALUE; // newest slot in which the target has a value
    private float value = Float.NaN;
    private @Nullable Forecast forecast;
    private long readingSlot = Long.MIN_VALUE;
    private long readingNanos;

    SensorTrack(Memory memory) {
        this.memory = memory;
        this.readings = new float[memory.slots() * memory.measures()];
        this.forecasts = new short[memory.slots() * memory.horizon()];
        Arrays.fill(readings, Float.NaN);
        Arrays.fill(forecasts, NO_HALF);
    }

    /// Takes a reading; one that is older than what is remembered changes nothing.
    ///
    /// @param values `[measure]`, NaN = missing
    /// @param nanos  when it arrived, of `System.nanoTime()`
    void read(long slot, float[] values, long nanos) {
        advance(slot);
        if (!isRemembered(slot)) {
            return;
        }
        System.arraycopy(values, 0, readings, ring(slot) * memory.measures(), memory.measures());
        float target = values[memory.target()];
        if (slot >= valued && !Float.isNaN(target)) {
            valued = slot;
            value = target;
        }
        if (slot > readingSlot) {
            readingSlot = slot;
            readingNanos = nanos;
        }
    }

    /// Takes a forecast that was issued at a slot.
    ///
    /// @return nanoseconds since the reading of that slot arrived; negative when that is unknown
    long forecast(long slot, Forecast one, long nanos) {
        advance(slot);
        Forecast before = forecast;
        if (before == null || one.issuedAt() >= before.issuedAt()) {
            forecast = one;
        }
        if (isRemembered(slot)) {
            float[] values = one.values(); // [step]
            int at = ring(slot) * memory.horizon();
            for (int step = 0; step < values.length; step++) {
                forecasts[at + step] = Float.floatToFloat16(values[step]);
            }
        }
        return slot == readingSlot ? nanos - readingNanos : -1;
    }

    private void advance(long slot) {
        if (slot <= newest) {
            return;
        }
        long from = newest == Long.MIN_VALUE ? slot : Math.max(newest + 1, slot - memory.slots() + 1);
        for (long cleared = from; cleared <= slot; cleared++) {
            int at = ring(cleared);
            Arrays.fill(readings, at * memory.measures(), (at + 1) * memory.measures(), Float.NaN);
            Arrays.fill(forecasts, at * memory.horizon(), (at + 1) * memory.horizon(), NO_HALF);
        }
        newest = slot;
    }

    private boolean isRemembered(long slot) {
        return slot <= newest && slot > newest - memory.slots();
    }

    private int ring(long slot) {
        return (int) Math.floorMod(slot, (long) memory.slots());
    }

    /// A measure's value in a slot; NaN when there is none, or it is no longer remembered.
    float reading(long slot, int measure) {
        return isRemembered(slot) ? readings[ring(slot) * memory.measures() + measure] : Float.NaN;
    }

    float target(long slot) {
        return reading(slot, memory.target());
    }

    /// What was forecast at `issued` for a step (from 1); NaN when nothing was, or it is no longer remembered.
    float forecast(long issued, int step) {
        return isRemembered(issued)
                ? Float.float16ToFloat(forecasts[ring(issued) * memory.horizon() + step - 1])
                : Float.NaN;
    }

    /// The newest value of the target; NaN before the first one.
    float value() {
        return value;
    }

    /// The slot of [#value()]; `Long.MIN_VALUE` before the first one.
    long valuedSlot() {
        return valued;
    }

    /// The newest slot of which anything is known.
    long newestSlot() {
        return newest;
    }

    @Nullable
    Forecast newestForecast() {
        return forecast;
    }
}
