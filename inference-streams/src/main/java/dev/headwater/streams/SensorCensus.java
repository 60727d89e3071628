package dev.headwater.streams;

import dev.headwater.bus.Limits;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/// Counts the sensors of all tasks of an instance, for the bound on their memory and for metrics. Thread-safe:
/// tasks write, metrics read.
final class SensorCensus {

    static final long NOTHING = Long.MIN_VALUE;

    private static final int ONE_IN = 10; // share of sensors whose time may be wrong
    private static final int MIN_VOTES = 3; // of two that differ, either may be wrong

    private final SensorNetwork network;
    private final SlotClock clock;
    private final int silentAfter; // slots
    private final long maxBytes;
    private final AtomicInteger known = new AtomicInteger();
    private final AtomicLong heapBytes = new AtomicLong();
    private final Map<Object, Share> shares = new ConcurrentHashMap<>(); // by task

    /// What one task counted.
    ///
    /// @param newest  event time of the newest reading of each sensor, milliseconds since 1970, in any order
    /// @param settled the same of those that have had a full window
    /// @param ready   sensors with a full window
    /// @param pending forecasts not yet issued
    /// @param drifting sensors that were found to drift
    record Share(long[] newest, long[] settled, int ready, int pending, int drifting) {}

    /// @param maxBytes heap that the states of all sensors may take
    SensorCensus(SensorNetwork network, Limits limits, long maxBytes) {
        this.maxBytes = maxBytes;
        this.network = network;
        this.clock = network.clock();
        this.silentAfter = limits.silentAfter(network);
    }

    /// Notes by how much the states of a task have grown.
    void grow(long bytes) {
        heapBytes.addAndGet(bytes);
    }

    /// Estimated heap that the states of all sensors take.
    long heapBytes() {
        return heapBytes.get();
    }

    /// Whether states may grow by that many bytes.
    boolean hasRoom(long bytes) {
        return heapBytes.get() + bytes <= maxBytes;
    }

    long maxBytes() {
        return maxBytes;
    }

    /// Counts a new sensor; false when the maximum is reached.
    boolean admit() {
        int most = network.maxSensors();
        return known.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    /// Adds the sensors of a task's restored state, even beyond the maximum.
    void join(int sensors) {
        known.addAndGet(sensors);
    }

    /// Removes a task and its sensors.
    void leave(Object task, int sensors) {
        known.addAndGet(-sensors);
        shares.remove(task);
    }

    /// Removes sensors that have ended.
    void forget(int sensors) {
        known.addAndGet(-sensors);
    }

    void report(Object task, Share share) {
        shares.put(task, share);
    }

    /// The event time that the sensors have reached, [#NOTHING] before the first reading. It is independent of
    /// the clock, since history may be replayed years late. The newest tenth of the sensors, at least one, is
    /// left out, so that no single sensor can move it. With one or two sensors none is left out.
    long reached() {
        return reached(newest());
    }

    /// As [#reached()], by the sensors alone that have had a full window: a flood of made-up ids must not
    /// make the others look old.
    long settledReached() {
        return reached(shares.values().stream()
                .flatMapToLong(share -> Arrays.stream(share.settled))
                .sorted()
                .toArray());
    }

    private static long reached(long[] sorted) {
        int left = sorted.length < MIN_VOTES ? 0 : Math.max(1, sorted.length / ONE_IN);
        return sorted.length == 0 ? NOTHING : sorted[sorted.length - 1 - left];
    }

    private long[] newest() {
        return shares.values().stream()
                .flatMapToLong(share -> Arrays.stream(share.newest))
                .sorted()
                .toArray();
    }

    /// Sensors whose newest reading lies too far behind [#reached()].
    int silent() {
        long[] newest = newest();
        if (newest.length == 0) {
            return 0;
        }
        long oldest = clock.startMillis(clock.slotOf(reached(newest)) - silentAfter);
        return Math.toIntExact(
                Arrays.stream(newest).filter(time -> time < oldest).count());
    }

    int known() {
        return known.get();
    }

    /// Sensors with a full window.
    int ready() {
        return sum(Share::ready);
    }

    int pending() {
        return sum(Share::pending);
    }

    /// Sensors that were found to drift, and have not calmed down since.
    int drifting() {
        return sum(Share::drifting);
    }

    private int sum(ToIntFunction<Share> part) {
        return shares.values().stream().mapToInt(part).sum();
    }
}
