package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;

/// Batch size, batch delay and commit interval.
///
/// @param batchSize      maximum number of windows forecast together
/// @param batchDelay     longest time that a reading waits for others
/// @param commitInterval time between commits
public record Pace(int batchSize, Duration batchDelay, Duration commitInterval) {

    public static final int DEFAULT_BATCH_SIZE = 1024;
    public static final Duration DEFAULT_BATCH_DELAY = Duration.ofMillis(5);

    private static final int MAX_BATCH = 16_384; // its windows are kept in one array per task
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    private static final Duration MAX_COMMIT_INTERVAL = Duration.ofMinutes(10);

    public Pace {
        if (batchSize < 1 || batchSize > MAX_BATCH) {
            throw new InvalidInputException(
                    "batch size: must be from 1 to " + MAX_BATCH + " windows, found " + batchSize);
        }
        require("batch delay", batchDelay, MAX_DELAY);
        require("commit interval", commitInterval, MAX_COMMIT_INTERVAL);
    }

    /// The default pace of a guarantee.
    public static Pace of(Guarantee guarantee) {
        return new Pace(DEFAULT_BATCH_SIZE, DEFAULT_BATCH_DELAY, guarantee.commitInterval());
    }

    private static void require(String name, Duration found, Duration longest) {
        if (found.compareTo(MIN) < 0 || found.compareTo(longest) > 0) {
            throw new InvalidInputException(name + ": must be from " + MIN.toMillis() + " ms to " + longest.toSeconds()
                    + " s, found " + found.toMillis() + " ms");
        }
    }
}
