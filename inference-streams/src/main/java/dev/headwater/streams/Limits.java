package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the stream still takes for a reading, and for a sensor that reports.
///
/// @param ahead            how far event time may lie ahead of the clock: one wrong time stamp makes a sensor's right
///                         ones late. Null for any time, where simulated time runs ahead
/// @param silentAfterSlots slots behind the network's newest one after which a sensor counts as silent; 0 = the
/// lookback
public record Limits(@Nullable Duration ahead, int silentAfterSlots) {

    /// A day ahead, silent after the lookback.
    public static final Limits DEFAULT = new Limits(Duration.ofDays(1), 0);

    public Limits {
        if (ahead != null && ahead.isNegative()) {
            throw new InvalidInputException("limit ahead of the clock: must not be negative, found " + ahead);
        }
        if (silentAfterSlots < 0) {
            throw new InvalidInputException("silent after: must be 0 or more slots, found " + silentAfterSlots);
        }
    }
}
