package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.StreamMetrics.Forgotten;
import dev.headwater.streams.state.SensorState;
import java.time.Duration;

/// Decides which sensors are forgotten, at one time, and counts them.
///
/// Sources of sound are short-lived: a clip of one second is a source. They are forgotten by the clock. Other
/// sensors are forgotten by event time, which may run at any speed: when they have sent nothing for long,
/// compared with what the sensors with a full window have reached.
final class Departure {

    /// Interval between two looks for sources of sound.
    static final Duration LOOK_FOR_SOURCES = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_SENSORS = Duration.ofMinutes(1);

    /// By the clock: event time of two producers may be years apart.
    private static final Duration SILENT_SOURCE = Duration.ofMinutes(1);

    private static final Duration ENDED = Duration.ofSeconds(2);
    private static final int COMMITS = 5;
    private static final int SPANS = 4; // of silence, for a newcomer

    private final StreamParts parts;
    private final Newcomers newcomers;
    private final SlotClock clock;
    private final long now;
    private final long oldest; // event time
    private final long oldestNewcomer;
    private int present;
    private int silent;
    private int idle;

    /// @param now the clock, milliseconds
    Departure(StreamParts parts, Newcomers newcomers, long now) {
        SensorNetwork network = parts.network();
        this.parts = parts;
        this.newcomers = newcomers;
        this.clock = network.clock();
        this.now = now;
        long reached = parts.census().settledReached();
        boolean unknown = reached == SensorCensus.NOTHING;
        long spans = (long) SPANS * network.window().span() * network.interval().toMillis();
        this.oldest = unknown
                ? Long.MIN_VALUE
                : reached - parts.settings().state().forgetAfter().toMillis();
        this.oldestNewcomer = unknown ? Long.MIN_VALUE : Math.max(oldest, reached - spans);
    }

    /// Interval between two looks.
    static Duration lookEvery(SensorNetwork network) {
        return network.forgetsSilent() ? LOOK_FOR_SOURCES : LOOK_FOR_SENSORS;
    }

    /// Whether a sensor is to be forgotten; such a one is counted.
    boolean isGone(SensorState state) {
        boolean gone = state.pendingCount() == 0
                && (parts.network().forgetsSilent()
                        ? isGoneSource(state.hasEnded(), state.seenAt(), now, parts.settings())
                        : isGoneSensor(state));
        if (gone) {
            present += state.hasEnded() ? 0 : 1;
            silent += state.hasEnded() || newcomers.includes(state) ? 0 : 1;
            idle += !state.hasEnded() && newcomers.includes(state) ? 1 : 0;
        }
        return gone;
    }

    /// Whether a source of sound is gone. One that has ended is kept for some commits, since a crash may
    /// redeliver its last records.
    ///
    /// @param seenAt wall-clock time of its last record, milliseconds
    static boolean isGoneSource(boolean ended, long seenAt, long now, StreamSettings settings) {
        long commits = COMMITS * settings.pace().commitInterval().toMillis();
        return now - seenAt > (ended ? Math.max(ENDED.toMillis(), commits) : SILENT_SOURCE.toMillis());
    }

    private boolean isGoneSensor(SensorState state) {
        boolean newcomer = newcomers.includes(state);
        return state.newestTime(clock) < (newcomer ? oldestNewcomer : oldest)
                && (!newcomer || newcomers.isIdle(state, now));
    }

    /// Reports what was forgotten to census and metrics.
    void report() {
        parts.census().forget(present);
        parts.metrics().forgotten(Forgotten.SILENT, silent);
        parts.metrics().forgotten(Forgotten.NEWCOMER, idle);
    }
}
