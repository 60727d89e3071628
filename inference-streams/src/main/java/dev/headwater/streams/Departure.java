package dev.headwater.streams;

import java.time.Duration;

/// Decides when a source of sound is forgotten. Such sources are short-lived: a clip of one second is a source.
final class Departure {

    /// Interval between checks for sources that are gone.
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// By the wall clock: event time may run at any speed, and that of two producers may be years apart.
    private static final Duration SILENT = Duration.ofMinutes(1);

    private static final Duration ENDED = Duration.ofSeconds(2);
    private static final int COMMITS = 5;

    private Departure() {}

    /// A source that has ended is kept for some commits, since a crash may redeliver its last records.
    ///
    /// @param seenAt wall-clock time of its last record, milliseconds
    static boolean isGone(boolean ended, long seenAt, long now, StreamSettings settings) {
        long commits = COMMITS * settings.pace().commitInterval().toMillis();
        return now - seenAt > (ended ? Math.max(ENDED.toMillis(), commits) : SILENT.toMillis());
    }
}
