package dev.headwater.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// How the stream runs; what it computes is the network's and the model's affair.
///
/// @param bootstrapServers where Kafka answers
/// @param applicationId    consumer group and prefix of the internal topics
/// @param stateDir         folder for local state; outlives a restart
/// @param guarantee        what is promised when an instance dies
/// @param threads          stream threads
/// @param batchSize        most windows forecast together
/// @param batchDelay       longest time a reading waits for company
/// @param commitInterval   time between commits
/// @param overrides        Kafka settings passed through, without the `kafka.` in front
public record StreamSettings(
        String bootstrapServers,
        String applicationId,
        Path stateDir,
        Guarantee guarantee,
        int threads,
        int batchSize,
        Duration batchDelay,
        Duration commitInterval,
        Map<String, String> overrides) {

    public static final int DEFAULT_BATCH_SIZE = 1024;
    public static final Duration DEFAULT_BATCH_DELAY = Duration.ofMillis(5);
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(100);

    public StreamSettings {
        overrides = Map.copyOf(overrides);
    }

    /// Settings with the defaults for everything that need not be said.
    public static StreamSettings of(
            String bootstrapServers, String networkName, Path stateDir, Guarantee guarantee, Map<String, String> overrides) {
        return new StreamSettings(
                bootstrapServers,
                "headwater-" + networkName,
                stateDir,
                guarantee,
                1,
                DEFAULT_BATCH_SIZE,
                DEFAULT_BATCH_DELAY,
                DEFAULT_COMMIT_INTERVAL,
                overrides);
    }
}
