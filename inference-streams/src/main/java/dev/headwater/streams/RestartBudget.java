package dev.headwater.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/// Limits the number of restarts within a span of time: occasional faults are tolerated, repeated ones are not.
/// Thread-safe.
final class RestartBudget {

    private final int most;
    private final long spanNanos;
    private final LongSupplier nanos;
    private final Deque<Long> taken = new ArrayDeque<>();

    /// @param nanos a clock such as [System#nanoTime()]
    RestartBudget(int most, Duration span, LongSupplier nanos) {
        this.most = most;
        this.spanNanos = span.toNanos();
        this.nanos = nanos;
    }

    /// Takes one restart; false when there is none left.
    synchronized boolean take() {
        long now = nanos.getAsLong();
        while (!taken.isEmpty() && now - taken.getFirst() >= spanNanos) {
            taken.removeFirst();
        }
        if (taken.size() == most) {
            return false;
        }
        taken.addLast(now);
        return true;
    }
}
