package dev.headwater.bus;

import static java.util.Map.entry;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The configuration of every Kafka client in Headwater. Overrides may hold secrets, so nothing here prints
/// their values.
///
/// @param bootstrapServers `host:port`, several with commas
/// @param overrides        Kafka settings that replace those chosen here: `KEY` for every client,
///                         `producer.KEY`, `consumer.KEY` or `admin.KEY` for one kind (in Headwater's settings
///                         with the prefix `kafka.`)
public record ClientConfig(String bootstrapServers, Map<String, String> overrides) {

    /// Prefix of Kafka settings among Headwater's.
    public static final String PREFIX = "kafka.";

    /// The default address of `headwater broker`.
    public static final String DEFAULT_SERVERS = "localhost:9092";

    /// Most bytes of a producer's batch. Each batch takes new buffers to be compressed, of 130 kB with LZ4.
    public static final int BATCH_BYTES = 128 << 10;

    private static final String ADDRESS = "[^\\s:,]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}";
    private static final int ANSWER_MILLIS = 10_000;

    public ClientConfig {
        for (String address : bootstrapServers.split(",", -1)) {
            if (!address.strip().matches(ADDRESS)) {
                throw new InvalidInputException(
                        "bootstrap.servers: must be host:port, several with commas, found '" + bootstrapServers + "'");
            }
        }
        overrides = Map.copyOf(overrides);
    }

    /// The configuration for these servers without overrides.
    ///
    /// @throws InvalidInputException when the servers are not a list of `host:port`
    public static ClientConfig of(String bootstrapServers) {
        return new ClientConfig(bootstrapServers, Map.of());
    }

    /// Bootstrap servers, client id and the overrides for every client; Kafka Streams starts from these too.
    public Map<String, Object> base(String clientId) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        overrides.forEach((key, value) -> {
            if (Arrays.stream(Kind.values()).noneMatch(kind -> key.startsWith(kind.prefix()))) {
                settings.put(key, value);
            }
        });
        return settings;
    }

    /// Settings of an idempotent producer with `acks=all`. A reading is some 20 bytes, so it waits 5 ms to fill
    /// a batch.
    public Map<String, Object> producer(String clientId) {
        return settings(
                clientId,
                Kind.PRODUCER,
                Map.ofEntries(
                        entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                        entry(ProducerConfig.ACKS_CONFIG, "all"),
                        entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                        entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                        entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                        entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20),
                        entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES)));
    }

    /// Settings of a consumer that starts at the beginning, reads committed records only, commits only on
    /// request, and never creates a topic.
    ///
    /// @param groupId the consumer group; empty for a consumer with assigned partitions and no group
    public Map<String, Object> consumer(String clientId, String groupId) {
        Map<String, Object> settings = settings(
                clientId,
                Kind.CONSUMER,
                Map.ofEntries(
                        entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                        entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                        entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                        entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000)));
        if (!groupId.isEmpty()) {
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        }
        return settings;
    }

    /// Settings of an admin client, which gives up after 10 s without an answer.
    public Map<String, Object> admin(String clientId) {
        return settings(
                clientId,
                Kind.ADMIN,
                Map.ofEntries(
                        entry(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS),
                        entry(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2)));
    }

    /// @throws InvalidInputException when Kafka refuses a setting
    public <V> KafkaProducer<String, V> openProducer(String clientId, Serializer<V> values) {
        return openProducer(clientId, new StringSerializer(), values);
    }

    /// @throws InvalidInputException when Kafka refuses a setting
    public <K, V> KafkaProducer<K, V> openProducer(String clientId, Serializer<K> keys, Serializer<V> values) {
        try {
            return new KafkaProducer<>(producer(clientId), keys, values);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /// A producer for transactions.
    ///
    /// @param transactionalId of all producers of which only the newest may commit
    /// @param timeout         after which the broker aborts a transaction that was not committed
    /// @throws InvalidInputException when Kafka refuses a setting
    public <V> KafkaProducer<String, V> openTransactionalProducer(
            String clientId, String transactionalId, Duration timeout, Serializer<V> values) {
        Map<String, Object> settings = producer(clientId);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(timeout.toMillis()));
        try {
            return new KafkaProducer<>(settings, new StringSerializer(), values);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /// @throws InvalidInputException when Kafka refuses a setting
    public <V> KafkaConsumer<String, V> openConsumer(String clientId, String groupId, Deserializer<V> values) {
        return openConsumer(clientId, groupId, new StringDeserializer(), values);
    }

    /// @throws InvalidInputException when Kafka refuses a setting
    public <K, V> KafkaConsumer<K, V> openConsumer(
            String clientId, String groupId, Deserializer<K> keys, Deserializer<V> values) {
        try {
            return new KafkaConsumer<>(consumer(clientId, groupId), keys, values);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /// @throws InvalidInputException when Kafka refuses a setting
    public Admin openAdmin(String clientId) {
        try {
            return Admin.create(admin(clientId));
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /// The error for the user when no broker answers.
    public InvalidInputException unreachable(Throwable cause) {
        return new InvalidInputException(
                "no Kafka broker answers at " + bootstrapServers
                        + " (bootstrap.servers): is one running? start one with `headwater broker`",
                cause);
    }

    private InvalidInputException refused(KafkaException e) {
        Throwable reason = e.getCause() instanceof ConfigException config ? config : e;
        return new InvalidInputException(
                "Kafka client settings for " + bootstrapServers + ": " + reason.getMessage(), e);
    }

    private Map<String, Object> settings(String clientId, Kind kind, Map<String, Object> chosen) {
        Map<String, Object> settings = new TreeMap<>(chosen);
        settings.putAll(base(clientId));
        overrides.forEach((key, value) -> {
            if (key.startsWith(kind.prefix())) {
                settings.put(key.substring(kind.prefix().length()), value);
            }
        });
        return settings;
    }

    /// Servers and the names of the overridden settings, without their values.
    @Override
    public String toString() {
        return "ClientConfig[" + bootstrapServers + ", overrides " + new TreeSet<>(overrides.keySet()) + "]";
    }

    private enum Kind {
        PRODUCER("producer."),
        CONSUMER("consumer."),
        ADMIN("admin.");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }
    }
}
