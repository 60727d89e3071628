package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.time.Instant;

/// What the stream still takes for a reading, and for a sensor that reports.
///
/// @param ahead            how far event time may lie ahead of the clock
/// @param silentAfterSlots slots behind the network's own time after which a sensor counts as silent; 0 = the lookback
public record Limits(Ahead ahead, int silentAfterSlots) {

    /// How far event time may lie ahead of the clock. Until a time that lies ahead has come, the right readings of its
    /// sensor only fill slots that are past, and no forecast is issued for them.
    public sealed interface Ahead {

        /// So many intervals of the network, but not less than [#MIN].
        record Intervals(int count) implements Ahead {}

        /// So long, whatever the interval.
        record Time(Duration most) implements Ahead {}

        /// Any time, where simulated time runs ahead.
        record Any() implements Ahead {}
    }

    /// Clocks of machines differ by seconds, those of some loggers by a minute: at short intervals that is no fault.
    public static final Duration MIN = Duration.ofMinutes(1);

    /// A reading is stamped with the begin of its interval or with its end, and some producers send it when the
    /// interval begins: that is an interval ahead, and another one where the zone of an hourly feed is an hour off.
    /// Three leave all of these in, and a wrong stamp costs its sensor no more than three forecasts.
    public static final int INTERVALS = 3;

    /// A few intervals ahead, silent after the lookback.
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

    /// The latest event time that is taken, milliseconds since 1970.
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
