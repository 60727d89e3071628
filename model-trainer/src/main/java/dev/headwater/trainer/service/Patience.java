package dev.headwater.trainer.service;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries again what needs Kafka: a training of hours must not be lost because a broker was away when it ended.
///
/// @param stopping waits at most the given time, and is true when asked to stop
record Patience(Predicate<Duration> stopping) {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(20);

    /// @throws InvalidInputException        of the last attempt, after ten minutes at least
    /// @throws Progress.StoppedException when asked to stop meanwhile
    <T> T get(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (InvalidInputException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.warn("trying again: {}", e.getMessage());
                if (stopping.test(PAUSE)) {
                    throw new Progress.StoppedException();
                }
            }
        }
    }
}
