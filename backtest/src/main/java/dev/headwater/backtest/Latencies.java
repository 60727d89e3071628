package dev.headwater.backtest;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Times from sending readings to receiving their forecasts. Takes the same memory however long it runs. Not
/// thread-safe.
final class Latencies {

    private static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram nanos = new Histogram(MAX_NANOS, DIGITS);
    private final long[] slots; // [ring]
    private final long[] sentNanos; // [ring]

    /// @param ring slots whose sending is remembered
    Latencies(int ring) {
        slots = new long[ring];
        sentNanos = new long[ring];
        Arrays.fill(slots, Long.MIN_VALUE);
    }

    /// Readings of a slot are sent together; the time of the last one counts for all of them.
    void sent(long slot, long now) {
        int at = Math.floorMod(slot, slots.length);
        slots[at] = slot;
        sentNanos[at] = now;
    }

    void received(long slot, long now) {
        int at = Math.floorMod(slot, slots.length);
        if (slots[at] == slot) {
            nanos.recordValue(Math.clamp(now - sentNanos[at], 0, MAX_NANOS));
        }
    }

    /// Nanoseconds that this share of the forecasts took at most; NaN before the first one.
    double quantile(double share) {
        return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getValueAtPercentile(100 * share);
    }
}
