package dev.headwater.cli.demo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Times from sending readings to receiving their forecasts. Not thread-safe.
final class Latencies {

    private final Map<Long, Long> sentNanos = new HashMap<>();
    private long[] nanos = new long[1024];
    private int count;

    /// Readings of a slot are sent together; the time of the last one counts for all of them.
    void sent(long slot, long now) {
        sentNanos.put(slot, now);
    }

    void received(long slot, long now) {
        Long sent = sentNanos.get(slot);
        if (sent == null) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = now - sent;
    }

    /// Nanoseconds that this share of the forecasts took at most; NaN before the first one.
    double quantile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * (count - 1)))];
    }
}
