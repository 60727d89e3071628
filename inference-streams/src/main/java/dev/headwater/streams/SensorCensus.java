package dev.headwater.streams;

import dev.headwater.bus.Limits;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/// The sensors of all tasks of an instance, in numbers: what keeps their memory bounded, and what is reported of them.
/// Thread-safe: tasks write, metrics read.
final class SensorCensus {

    static final long NOTHING = Long.MIN_VALUE;

    private static final int ONE_IN = 10; // sensors that may be wrong together
    private static final int MIN_VOTES = 3; // of two that differ, nobody can tell which one is wrong

    private final SensorNetwork network;
    private final SlotClock clock;
    private final int silentAfter; // slots
    private final AtomicInteger known = new AtomicInteger();
    private final Map<Object, Share> shares = new ConcurrentHashMap<>(); // by task

    /// What one task counted.
    ///
    /// @param newest  event time of the newest reading of each sensor, milliseconds since 1970, in any order
    /// @param ready   sensors with a full window
    /// @param pending forecasts not yet issued
    record Share(long[] newest, int ready, int pending) {}

    SensorCensus(SensorNetwork network, Limits limits) {
        this.network = network;
        this.clock = network.clock();
        this.silentAfter = limits.silentAfter(network);
    }

    /// Makes room for a new sensor; false when there is none.
    boolean admit() {
        int most = network.maxSensors();
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

    /// The event time that the sensors have reached, [#NOTHING] before the first reading. It is theirs and not the
    /// clock's: history may be replayed years late. No single one may move it, so the newest tenth, at least one,
    /// is left out. One or two sensors are taken at their word.
    long reached() {
        return reached(newest());
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

    /// Sensors whose newest reading lies too far behind what the others have reached.
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

    private int sum(ToIntFunction<Share> part) {
        return shares.values().stream().mapToInt(part).sum();
    }
}
