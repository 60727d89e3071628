package dev.headwater.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/// The sensors of all tasks of an instance, in numbers: what keeps their memory bounded, and what is reported of them.
/// Thread-safe: tasks write, metrics read.
final class SensorCensus {

    static final long NOTHING = Long.MIN_VALUE;

    private final int most;
    private final AtomicInteger known = new AtomicInteger();
    private final AtomicLong newestTime = new AtomicLong(NOTHING);
    private final Map<Object, Share> shares = new ConcurrentHashMap<>(); // by task

    /// What one task counted.
    ///
    /// @param silent sensors that no longer report
    /// @param owed   forecasts not yet issued
    record Share(int silent, int owed) {}

    /// @param most sensors that may be known
    SensorCensus(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /// Makes room for a new sensor; false when there is none.
    boolean admit() {
        return known.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    /// Sensors that came with a task's restored state: they are known, even when they are too many.
    void join(int sensors) {
        known.addAndGet(sensors);
    }

    /// A task goes, with its sensors.
    void leave(Object task, int sensors) {
        known.addAndGet(-sensors);
        shares.remove(task);
    }

    /// Sensors that have ended: there is room for others.
    void forget(int sensors) {
        known.addAndGet(-sensors);
    }

    void report(Object task, Share share) {
        shares.put(task, share);
    }

    /// A reading was taken in.
    ///
    /// @param time event time, milliseconds since 1970
    void seen(long time) {
        if (time > newestTime.get()) {
            newestTime.accumulateAndGet(time, Math::max);
        }
    }

    /// Newest event time taken in, [#NOTHING] before the first one.
    long newestTime() {
        return newestTime.get();
    }

    int known() {
        return known.get();
    }

    int silent() {
        return sum(Share::silent);
    }

    int owed() {
        return sum(Share::owed);
    }

    private int sum(ToIntFunction<Share> part) {
        return shares.values().stream().mapToInt(part).sum();
    }
}
