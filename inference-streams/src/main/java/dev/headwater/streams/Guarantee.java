package dev.headwater.streams;

import java.time.Duration;
import org.apache.kafka.streams.StreamsConfig;

/// What the stream promises when an instance dies.
public enum Guarantee {
    /// No forecast is lost; a forecast may be on the topic twice, with the same key and time stamp.
    AT_LEAST_ONCE,
    /// Consumers of committed records read each forecast once.
    EXACTLY_ONCE;

    /// The word on the command line.
    public String word() {
        return switch (this) {
            case AT_LEAST_ONCE -> "at-least-once";
            case EXACTLY_ONCE -> "exactly-once";
        };
    }

    /// The default commit interval. With exactly once it is most of a forecast's latency while there are many of them
    /// (see [EarlyCommit]); with at least once it only bounds what a crash repeats.
    public Duration commitInterval() {
        return switch (this) {
            case AT_LEAST_ONCE -> Duration.ofSeconds(1);
            case EXACTLY_ONCE -> Duration.ofMillis(100);
        };
    }

    String streamsValue() {
        return switch (this) {
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
        };
    }
}
