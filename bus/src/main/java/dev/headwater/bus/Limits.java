package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.time.Instant;

/// How far ahead of the clock a reading may be, and when a sensor counts as silent.
///
/// @param ahead            how far event time may lie ahead of the clock
/// @param silentAfterSlots slots behind the network's own time after which a sensor counts as silent; 0 = the lookback
public record Limits(Ahead ahead, int silentAfterSlots) {

    /// How far event time may lie ahead of the clock. After a reading with a future time, correct readings of
    /// its sensor only fill past slots, without forecasts, until that time has come.
    public sealed interface Ahead {

        /// This number of the network's intervals, at least [#MIN].
        record Intervals(int count) implements Ahead {}

        /// This duration, whatever the interval.
        record Time(Duration most) implements Ahead {}

        /// Any time, for simulated time that runs ahead.
        record Any() implements Ahead {}
    }

    /// The lower bound of [Ahead.Intervals]. Clocks of machines differ by seconds, those of some loggers by a
    /// minute, which is no fault at short intervals.
    public static final Duration MIN = Duration.ofMinutes(1);

    /// The default number of intervals. Some producers stamp a reading with the end of its interval and send it
    /// at the beginning, one interval ahead. An hourly feed whose time zone is an hour off adds another. Three
    /// intervals admit both, and a wrong stamp costs its sensor at most three forecasts.
    public static final int INTERVALS = 3;

    /// [#INTERVALS] intervals ahead, silent after the lookback.
    public static final Limits DEFAULT = new Limits(new Ahead.Intervals(INTERVALS), 0);

    /// Any time, silent after the lookback.
    public static final Limits ANY_TIME = new Limits(new Ahead.Any(), 0);

    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    public Limits {
        if (ahead instanceof Ahead.Time time && time.most().isNegative()) {
            throw new InvalidInputException("limit ahead of the clock: must not be negative, found " + time.most());
        }
        if (silentAfterSlots < 0) {
            throw new InvalidInputException("silent after: must be 0 or more slots, found " + silentAfterSlots);
        }
    }

    /// The latest accepted event time, milliseconds since 1970.
    ///
    /// @param now the clock
    public long latest(SensorNetwork network, long now) {
        return switch (ahead) {
            case Ahead.Intervals few -> latest(now, longest(few, network));
            case Ahead.Time time -> latest(now, time.most());
            case Ahead.Any any -> END_OF_TIME;
        };
    }

    private static Duration longest(Ahead.Intervals few, SensorNetwork network) {
        Duration all = network.interval().multipliedBy(few.count());
        return all.compareTo(MIN) < 0 ? MIN : all;
    }

    private static long latest(long now, Duration ahead) {
        return Math.min(END_OF_TIME, now + ahead.toMillis());
    }

    /// Slots behind the network's own time after which a sensor counts as silent.
    public int silentAfter(SensorNetwork network) {
        return silentAfterSlots == 0 ? network.window().lookback() : silentAfterSlots;
    }
}
