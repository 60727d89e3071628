package dev.headwater.bus;

import java.util.Arrays;
import java.util.Optional;

/// Why the stream rejects a record of the readings topic. The code appears in a header of the dead letter and
/// in the label of its metric.
public enum DeadLetterReason {
    /// The value is not a reading in JSON or in the binary form.
    MALFORMED("malformed"),
    /// The value is larger than any reading.
    TOO_LARGE("too-large"),
    /// A value is infinite.
    NOT_FINITE("not-finite"),
    /// A value lies outside the measure's `min` and `max`.
    OUT_OF_RANGE("out-of-range"),
    /// There is no key, so the sensor is unknown.
    NO_KEY("no-key"),
    /// The key is empty or blank.
    EMPTY_KEY("empty-key"),
    /// The key is longer than a sensor's id may be.
    LONG_KEY("long-key"),
    /// The key is not UTF-8.
    BAD_KEY("bad-key"),
    /// The event time is before 1970 or missing.
    TIME_BEFORE_1970("time-before-1970"),
    /// The event time lies ahead of the clock by more than the limit.
    TIME_AHEAD("time-ahead"),
    /// The network does not list the sensor and rejects unlisted sensors.
    UNKNOWN_SENSOR("unknown-sensor"),
    /// The instance already holds its maximum number of sensors.
    TOO_MANY_SENSORS("too-many-sensors");

    private final String code;

    DeadLetterReason(String code) {
        this.code = code;
    }

    /// The word in headers, metrics and on the command line.
    public String code() {
        return code;
    }

    /// The reason with this code; empty for a code of another version.
    public static Optional<DeadLetterReason> ofCode(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code.equals(code))
                .findFirst();
    }
}
