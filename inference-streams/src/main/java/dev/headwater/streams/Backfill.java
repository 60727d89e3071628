package dev.headwater.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/// How far the tasks of an instance have come through the past: the readings that were on the topic before the
/// stream first started. Thread-safe: tasks write, metrics read.
final class Backfill {

    private final Map<Object, Share> shares = new ConcurrentHashMap<>(); // by task

    /// What one task has of the past.
    ///
    /// @param records   readings of its partition
    /// @param remaining of these, those that it has not yet taken in
    record Share(long records, long remaining) {}

    void report(Object task, Share share) {
        shares.put(task, share);
    }

    void leave(Object task) {
        shares.remove(task);
    }

    long records() {
        return sum(Share::records);
    }

    long remaining() {
        return sum(Share::remaining);
    }

    private long sum(ToLongFunction<Share> part) {
        return shares.values().stream().mapToLong(part).sum();
    }
}
