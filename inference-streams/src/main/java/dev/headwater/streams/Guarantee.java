package dev.headwater.streams;

import org.apache.kafka.streams.StreamsConfig;

/// What the stream promises when an instance dies.
public enum Guarantee {
    /// No forecast is lost; one may stand on the topic twice, under the same key and time stamp.
    AT_LEAST_ONCE,
    /// Each forecast stands on the topic once for readers of committed records.
    EXACTLY_ONCE;

    /// The word on the command line.
    public String word() {
        return switch (this) {
            case AT_LEAST_ONCE -> "at-least-once";
            case EXACTLY_ONCE -> "exactly-once";
        };
    }

    String streamsValue() {
        return switch (this) {
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
        };
    }
}
