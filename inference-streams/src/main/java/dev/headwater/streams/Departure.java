package dev.headwater.streams;

import java.time.Duration;

/// When a source of sound is forgotten: such sources come and go, a clip is one of a second.
final class Departure {

    /// How often sources that went are looked for.
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// By the clock: event time may run at any speed, and two producers' may be years apart.
    private static final Duration SILENT = Duration.ofMinutes(1);

    private static final Duration ENDED = Duration.ofSeconds(2);
    private static final int COMMITS = 5;

    private Departure() {}

    /// One that has ended is still known for some commits: a crash may bring its last records again.
    ///
    /// @param seenAt when its last record came, milliseconds of the clock
    static boolean isGone(boolean ended, long seenAt, long now, StreamSettings settings) {
        long commits = COMMITS * settings.pace().commitInterval().toMillis();
        return now - seenAt > (ended ? Math.max(ENDED.toMillis(), commits) : SILENT.toMillis());
    }
}
