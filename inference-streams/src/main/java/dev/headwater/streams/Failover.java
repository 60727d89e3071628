package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast another instance takes over.
///
/// @param sessionTimeout     silence after which an instance counts as dead. A stock broker takes 6 s or more
///                           (`group.min.session.timeout.ms`)
/// @param transactionTimeout exactly once, time after which the broker ends a dead instance's transaction; until then
///                           nobody reads past it. A living one's ends too, and its thread starts over, when a commit
///                           takes longer, as it does while a broker's partitions move
/// @param standbys           further instances that keep a copy of each window up to date
/// @param instanceId         a name that stays with the instance over restarts (static membership): one that is back
///                           within the session timeout moves no partitions; null for none
public record Failover(
        Duration sessionTimeout,
        Duration transactionTimeout,
        int standbys,
        @Nullable String instanceId) {

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(500);
    private static final Duration MAX_HEARTBEAT = Duration.ofMillis(500);

    /// The least that a stock broker takes.
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(6);

    /// One, for what it takes up with no partner is nothing, and with one it saves reading a changelog back.
    public static final int DEFAULT_STANDBYS = 1;

    public static final Failover DEFAULT =
            new Failover(DEFAULT_SESSION, transactionTimeout(DEFAULT_SESSION), DEFAULT_STANDBYS, null);

    public Failover {
        requireLong("session timeout", sessionTimeout);
        requireLong("transaction timeout", transactionTimeout);
        if (standbys < 0) {
            throw new InvalidInputException("standbys: must be 0 or more, found " + standbys);
        }
    }

    /// The transaction timeout that goes with a session timeout: half as long again. By then a successor is about
    /// ready, so waiting for less would gain nothing, and a living instance has some more time for a commit.
    public static Duration transactionTimeout(Duration session) {
        return session.multipliedBy(3).dividedBy(2);
    }

    /// Four heartbeats a session, and at least two a second: an instance learns with a heartbeat that another one died.
    Duration heartbeat() {
        Duration quarter = sessionTimeout.dividedBy(4);
        return quarter.compareTo(MAX_HEARTBEAT) < 0 ? quarter : MAX_HEARTBEAT;
    }

    private static void requireLong(String name, Duration found) {
        if (found.compareTo(MIN_TIMEOUT) < 0) {
            throw new InvalidInputException(name + ": must be at least " + MIN_TIMEOUT.toMillis()
                    + " ms, for heartbeats and commits to come in time, found " + found.toMillis() + " ms");
        }
    }
}
