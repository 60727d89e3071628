package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast another instance takes over.
///
/// @param sessionTimeout     silence after which an instance counts as dead. A broker with default settings
///                           accepts 6 s or more (`group.min.session.timeout.ms`)
/// @param transactionTimeout with exactly once, time after which the broker aborts a dead instance's
///                           transaction; until then consumers of committed records cannot read past it. When a
///                           live instance's commit takes longer, as while a broker's partitions move, its
///                           transaction is aborted too, and its thread starts over
/// @param standbys           further instances that keep a copy of each window up to date
/// @param instanceId         name that the instance keeps over restarts (static membership): a restart within
///                           the session timeout moves no partitions; null for none
public record Failover(
        Duration sessionTimeout,
        Duration transactionTimeout,
        int standbys,
        @Nullable String instanceId) {

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(500);
    private static final Duration MAX_HEARTBEAT = Duration.ofMillis(500);

    /// The minimum of a broker with default settings.
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(6);

    /// One standby: without a second instance it costs nothing, and with one it saves restoring the changelog.
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

    /// The default transaction timeout: one and a half session timeouts. A successor is only ready by about
    /// then, so a shorter timeout would gain nothing, and a live instance has more time for a commit.
    public static Duration transactionTimeout(Duration session) {
        return session.multipliedBy(3).dividedBy(2);
    }

    /// Four heartbeats per session timeout, and at least two per second: a heartbeat tells an instance that
    /// another one died.
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
