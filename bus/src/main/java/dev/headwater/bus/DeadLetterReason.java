package dev.headwater.bus;

import java.util.Arrays;
import java.util.Optional;

/// Why a record on the readings topic is no reading that the stream can use. The code stands in a header of the dead
/// letter and in the label of its metric.
public enum DeadLetterReason {
    /// The bytes are no reading: neither the JSON nor the binary form.
    MALFORMED("malformed"),
    /// Longer than any reading.
    TOO_LARGE("too-large"),
    /// A value is infinite.
    NOT_FINITE("not-finite"),
    /// A value cannot be true: outside the measure's `min` and `max`.
    OUT_OF_RANGE("out-of-range"),
    /// No key, so nobody knows which sensor reported.
    NO_KEY("no-key"),
    /// The key is empty or blank.
    EMPTY_KEY("empty-key"),
    /// The key is longer than a sensor's id may be.
    LONG_KEY("long-key"),
    /// The key is not UTF-8.
    BAD_KEY("bad-key"),
    /// The event time lies before 1970, or there is none.
    TIME_BEFORE_1970("time-before-1970"),
    /// The event time lies ahead of the clock by more than the limit.
    TIME_AHEAD("time-ahead"),
    /// The network does not list the sensor, and refuses those that it does not list.
    UNKNOWN_SENSOR("unknown-sensor"),
    /// The instance remembers as many sensors as it may.
    TOO_MANY_SENSORS("too-many-sensors");

    private final String code;

    DeadLetterReason(String code) {
        this.code = code;
    }

    /// The word in headers, metrics and on the command line.
    public String code() {
        return code;
    }

    /// The reason of that code; empty for one of another version.
    public static Optional<DeadLetterReason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
