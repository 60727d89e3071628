package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast another instance takes over.
///
/// @param sessionTimeout     silence after which an instance counts as dead. A stock broker takes 6 s or more
///                           (`group.min.session.timeout.ms`)
/// @param transactionTimeout exactly once, time after which the broker ends a dead instance's transaction; until then
///                           nobody reads past it
/// @param standbys           further instances that keep a copy of each window up to date
/// @param instanceId         a name that stays with the instance over restarts (static membership): one that is back
///                           within the session timeout moves no partitions; null for none
public record Failover(
        Duration sessionTimeout,
        Duration transactionTimeout,
        int standbys,
        @Nullable String instanceId) {

    private static final Duration SHORTEST = Duration.ofMillis(500);

    /// The least that a stock broker takes. The successor comes after the session timeout and should not then wait for
    /// the transaction, so both are the same.
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(6);

    public static final Failover DEFAULT = new Failover(DEFAULT_TIMEOUT, DEFAULT_TIMEOUT, 0, null);

    public Failover {
        requireLong("session timeout", sessionTimeout);
        requireLong("transaction timeout", transactionTimeout);
        if (standbys < 0) {
            throw new InvalidInputException("standbys: must be 0 or more, found " + standbys);
        }
    }

    private static void requireLong(String name, Duration found) {
        if (found.compareTo(SHORTEST) < 0) {
            throw new InvalidInputException(name + ": must be at least " + SHORTEST.toMillis()
                    + " ms, for heartbeats and commits to come in time, found " + found.toMillis() + " ms");
        }
    }
}
