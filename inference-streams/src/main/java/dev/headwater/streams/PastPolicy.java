package dev.headwater.streams;

/// What becomes of the forecasts of the past: of readings that were on their topic before the stream first started.
public enum PastPolicy {
    /// They are issued like those of live readings.
    ISSUE,
    /// There are none: the past only fills windows and seasonal states.
    WARM;

    /// The word on the command line.
    public String word() {
        return switch (this) {
            case ISSUE -> "issue";
            case WARM -> "warm";
        };
    }
}
