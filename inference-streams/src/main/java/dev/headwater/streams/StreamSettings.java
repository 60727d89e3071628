package dev.headwater.streams;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Limits;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.InvalidInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How the stream runs; the network and the model define what it computes.
///
/// @param client         Kafka servers, and settings passed through to Kafka
/// @param applicationId  consumer group and prefix of the internal topics
/// @param stateDir       folder for local state; outlives a restart
/// @param guarantee      what is promised when an instance dies
/// @param threads        stream threads
/// @param pace           batch size, batch delay and commit interval
/// @param failover       how fast another instance takes over
/// @param limits         how far ahead readings may be, and when a sensor is silent
/// @param state          where the state lies, how much there may be, and how long it is kept
/// @param past           whether forecasts of the past are issued
/// @param form           of the forecasts on their topic
public record StreamSettings(
        ClientConfig client,
        String applicationId,
        Path stateDir,
        Guarantee guarantee,
        int threads,
        Pace pace,
        Failover failover,
        Limits limits,
        StatePolicy state,
        PastPolicy past,
        ValueFormat form) {

    private static final long RETRY_MILLIS = 5;
    private static final long CACHE_BYTES = 64L << 20;
    private static final String GROUP_PROTOCOL = "classic"; // "streams" has no static membership
    private static final List<String> PREFIXES =
            List.of(StreamsConfig.CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX, StreamsConfig.ADMIN_CLIENT_PREFIX);
    private static final Duration PROBE_EVERY = Duration.ofMinutes(1); // the minimum of Kafka Streams

    public StreamSettings {
        if (threads < 1) {
            throw new InvalidInputException("threads: must be at least 1, found " + threads);
        }
        boolean transactions = guarantee == Guarantee.EXACTLY_ONCE;
        if (transactions && pace.commitInterval().compareTo(failover.transactionTimeout()) >= 0) {
            throw new InvalidInputException("commit interval: must be less than the transaction timeout of "
                    + failover.transactionTimeout().toMillis() + " ms, found "
                    + pace.commitInterval().toMillis() + " ms");
        }
    }

    /// Settings with the defaults for everything else.
    public static StreamSettings of(ClientConfig client, String applicationId, Path stateDir, Guarantee guarantee) {
        return new StreamSettings(
                client,
                applicationId,
                stateDir,
                guarantee,
                1,
                Pace.of(guarantee),
                Failover.DEFAULT,
                Limits.DEFAULT,
                StatePolicy.DEFAULT,
                PastPolicy.ISSUE,
                ValueFormat.JSON);
    }

    public StreamSettings with(Pace other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, other, failover, limits, state, past, form);
    }

    public StreamSettings with(Failover other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, pace, other, limits, state, past, form);
    }

    public StreamSettings with(Limits other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, pace, failover, other, state, past, form);
    }

    public StreamSettings with(StatePolicy other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, pace, failover, limits, other, past, form);
    }

    public StreamSettings with(PastPolicy other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, pace, failover, limits, state, other, form);
    }

    public StreamSettings with(ValueFormat other) {
        return new StreamSettings(
                client, applicationId, stateDir, guarantee, threads, pace, failover, limits, state, past, other);
    }

    /// The default application id of a network's stream.
    public static String defaultApplicationId(String network) {
        return "headwater-" + network;
    }

    /// The configuration of Kafka Streams; overrides of the user win.
    public Map<String, Object> streamsConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee.streamsValue());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, pace.commitInterval().toMillis());
        // Punctuators only run between two polls: a longer poll would delay a waiting batch.
        config.put(StreamsConfig.POLL_MS_CONFIG, pace.batchDelay().toMillis());
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        putFailover(config);
        // Changelogs carry event time, and by default a broker refuses time stamps more than an hour ahead of
        // its clock.
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                pace.batchDelay().toMillis());
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), ClientConfig.BATCH_BYTES);
        // A transaction that begins while the one before it is being completed is told to try again. With Kafka's
        // 100 ms the forecasts of such a transaction come that much later.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
        Map<String, Object> base = client.base(clientId());
        // Kafka Streams prefers what is set for one kind of client: the user's setting for all of them would lose.
        base.keySet().forEach(key -> PREFIXES.forEach(prefix -> config.remove(prefix + key)));
        config.putAll(base);
        putPrefixed(config);
        return config;
    }

    /// The name of this instance on the broker and in metrics, stable over restarts. It contains the instance
    /// id, or else the machine and a hash of the state folder, which no two instances there can share.
    public String clientId() {
        if (failover.instanceId() != null) {
            return applicationId + "-" + failover.instanceId();
        }
        int folder = stateDir.toAbsolutePath().normalize().hashCode();
        return applicationId + "-" + host() + "-" + HexFormat.of().toHexDigits((short) (folder ^ folder >>> 16));
    }

    /// The name of this machine.
    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // the machine does not know its own name
        }
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
        // A returning instance first restores its state; only a probing rebalance then gives it its share
        // again.
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBE_EVERY.toMillis());
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, GROUP_PROTOCOL);
        if (failover.instanceId() != null) {
            config.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), failover.instanceId());
        }
    }

    /// Adds overrides for one kind of client (`consumer.KEY`); Kafka Streams uses the same prefixes.
    private void putPrefixed(Map<String, Object> config) {
        client.overrides().forEach((key, value) -> {
            if (PREFIXES.stream().anyMatch(key::startsWith)) {
                config.put(key, value);
            }
        });
    }
}
