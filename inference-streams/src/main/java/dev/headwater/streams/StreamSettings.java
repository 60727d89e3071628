package dev.headwater.streams;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How the stream runs; what it computes is the network's and the model's affair.
///
/// @param client         where Kafka answers, and settings passed through to it
/// @param applicationId  consumer group and prefix of the internal topics
/// @param stateDir       folder for local state; outlives a restart
/// @param guarantee      what is promised when an instance dies
/// @param threads        stream threads
/// @param batchSize      most windows forecast together
/// @param batchDelay     longest time a reading waits for company
/// @param commitInterval time between commits
/// @param failover       how fast another instance takes over
/// @param limits         what is still taken for a reading
public record StreamSettings(
        ClientConfig client,
        String applicationId,
        Path stateDir,
        Guarantee guarantee,
        int threads,
        int batchSize,
        Duration batchDelay,
        Duration commitInterval,
        Failover failover,
        Limits limits) {

    public static final int DEFAULT_BATCH_SIZE = 1024;
    public static final Duration DEFAULT_BATCH_DELAY = Duration.ofMillis(5);
    public static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(100);

    private static final long CACHE_BYTES = 64L << 20;
    private static final String GROUP_PROTOCOL = "classic"; // "streams" knows no static membership
    private static final List<String> PREFIXES =
            List.of(StreamsConfig.CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX, StreamsConfig.ADMIN_CLIENT_PREFIX);
    private static final Duration PROBE_EVERY = Duration.ofMinutes(1); // the least that Kafka Streams takes

    public StreamSettings {
        if (threads < 1 || batchSize < 1) {
            throw new InvalidInputException(
                    "threads and batch size must be at least 1, found " + threads + " and " + batchSize);
        }
    }

    /// Settings with the usual failover and limits.
    public StreamSettings(
            ClientConfig client,
            String applicationId,
            Path stateDir,
            Guarantee guarantee,
            int threads,
            int batchSize,
            Duration batchDelay,
            Duration commitInterval) {
        this(
                client,
                applicationId,
                stateDir,
                guarantee,
                threads,
                batchSize,
                batchDelay,
                commitInterval,
                Failover.DEFAULT,
                Limits.DEFAULT);
    }

    public StreamSettings with(Failover other) {
        return new StreamSettings(
                client,
                applicationId,
                stateDir,
                guarantee,
                threads,
                batchSize,
                batchDelay,
                commitInterval,
                other,
                limits);
    }

    public StreamSettings with(Limits other) {
        return new StreamSettings(
                client,
                applicationId,
                stateDir,
                guarantee,
                threads,
                batchSize,
                batchDelay,
                commitInterval,
                failover,
                other);
    }

    /// Settings with the defaults for everything that need not be said.
    public static StreamSettings of(ClientConfig client, String applicationId, Path stateDir, Guarantee guarantee) {
        return new StreamSettings(
                client,
                applicationId,
                stateDir,
                guarantee,
                1,
                DEFAULT_BATCH_SIZE,
                DEFAULT_BATCH_DELAY,
                DEFAULT_COMMIT_INTERVAL);
    }

    /// The application id of a network's stream when nothing else is said.
    public static String defaultApplicationId(String network) {
        return "headwater-" + network;
    }

    /// As Kafka Streams reads it; what the user passes through wins.
    public Map<String, Object> streamsConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.streamsValue());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        // Clocks are only looked at between two polls: a longer poll would hold a waiting batch back.
        config.put(StreamsConfig.POLL_MS_CONFIG, batchDelay.toMillis());
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        putFailover(config);
        // Changelogs carry event time, and by default a broker refuses what lies more than an hour ahead of its clock.
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), batchDelay.toMillis());
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        config.putAll(client.base(applicationId));
        putPrefixed(config);
        return config;
    }

    private void putFailover(Map<String, Object> config) {
        int session = Math.toIntExact(failover.sessionTimeout().toMillis());
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(failover.heartbeat().toMillis()));
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(failover.transactionTimeout().toMillis()));
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, failover.standbys());
        // An instance that comes back first catches up beside the others; only a probe then gives it its share again.
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBE_EVERY.toMillis());
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, GROUP_PROTOCOL);
        if (failover.instanceId() != null) {
            config.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), failover.instanceId());
        }
    }

    /// What is passed through for one kind of client (`consumer.KEY`); Kafka Streams uses the same prefixes.
    private void putPrefixed(Map<String, Object> config) {
        client.overrides().forEach((key, value) -> {
            if (PREFIXES.stream().anyMatch(key::startsWith)) {
                config.put(key, value);
            }
        });
    }
}
