package dev.headwater.ingest.replay;

import dev.headwater.forecasting.InvalidInputException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How fast history is played.
///
/// @param factor times real time; infinite = as fast as the broker accepts readings
public record Speed(double factor) {

    /// As fast as the broker accepts readings.
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)x");

    public Speed {
        if (!(factor > 0)) {
            throw invalid(String.valueOf(factor));
        }
    }

    /// Reads `300x`, `1x`, `0.5x` or `max`.
    ///
    /// @throws InvalidInputException for anything else
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Double.parseDouble(form.group(1)) == 0) {
            throw invalid(text);
        }
        return new Speed(Double.parseDouble(form.group(1)));
    }

    /// The text that [#parse] reads.
    @Override
    public String toString() {
        return Double.isInfinite(factor)
                ? "max"
                : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x";
    }

    private static InvalidInputException invalid(String found) {
        return new InvalidInputException(
                "must be a multiple of real time such as 1x or 300x, or max, found '" + found + "'");
    }

    /// Nanoseconds that slots take.
    long dueNanos(double slots, Duration interval) {
        return (long) (slots * (interval.toNanos() / factor));
    }

    /// Slots that pass in some nanoseconds; the inverse of [#dueNanos].
    double slots(long nanos, Duration interval) {
        // without this, no time at all would make 0 times infinity
        return Double.isInfinite(factor) ? factor : nanos / (interval.toNanos() / factor);
    }
}
