package dev.headwater.bus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Follows what is added to a topic, from where an earlier one ended; committed records only, without a
/// consumer group. Not thread-safe.
public final class TopicTail implements AutoCloseable {

    private static final int LAST_OFFSETS = 1_000; // of a partition; some may be marks of transactions
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicTail(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /// Where a partition without a known offset begins.
    public enum Begin {
        OLDEST,
        /// With what is added from now on.
        NEWEST,
        /// With the last records that are there now.
        LAST
    }

    /// Opens a topic.
    ///
    /// @param from  offsets to go on from, by partition
    /// @param begin where other partitions begin
    /// @return empty when there is no such topic
    /// @throws KafkaException when no broker answers
    public static Optional<TopicTail> open(ClientConfig client, String topic, Map<Integer, Long> from, Begin begin) {
        KafkaConsumer<String, byte[]> consumer = client.openConsumer("headwater-tail", "", new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                consumer.close();
                return Optional.empty();
            }
            TopicTail tail = new TopicTail(consumer, partitions);
            tail.begin(from, begin);
            return Optional.of(tail);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void begin(Map<Integer, Long> from, Begin begin) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> otherwise = switch (begin) {
            case OLDEST -> consumer.beginningOffsets(partitions);
            case NEWEST, LAST -> consumer.endOffsets(partitions);
        };
        long back = begin == Begin.LAST ? LAST_OFFSETS : 0;
        for (TopicPartition partition : partitions) {
            Long known = from.get(partition.partition());
            consumer.seek(partition, known == null ? Math.max(0, otherwise.getOrDefault(partition, 0L) - back) : known);
        }
    }

    /// Passes on the values of the records that have come, without waiting for any.
    public void poll(Consumer<byte[]> sink) {
        consumer.poll(Duration.ZERO).forEach(record -> {
            if (record.value() != null) {
                sink.accept(record.value());
            }
        });
    }

    /// The offset after the last record that was passed on, by partition.
    public Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        partitions.forEach(partition -> offsets.put(partition.partition(), consumer.position(partition)));
        return offsets;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
