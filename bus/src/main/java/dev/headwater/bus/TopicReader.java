package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic from its beginning, committed records only, without a consumer group. Not thread-safe.
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(10); // Kafka's default is a minute

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /// @throws InvalidInputException when no broker answers, or there is no such topic
    public static TopicReader open(ClientConfig client, String topic) {
        KafkaConsumer<String, byte[]> consumer =
                client.openConsumer("headwater-reader", "", new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new InvalidInputException("topic " + topic + " does not exist at " + client.bootstrapServers()
                        + ": `headwater serve` creates it");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new TopicReader(consumer, partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e instanceof TimeoutException timeout ? client.unreachable(timeout) : e;
        }
    }

    /// The number of offsets on the topic now: at least the number of records.
    public long size() {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .mapToLong(partition -> ends.getOrDefault(partition, 0L) - beginnings.getOrDefault(partition, 0L))
                .sum();
    }

    /// Reads the last records of each partition, of those that were committed when this was called.
    ///
    /// @param most offsets of each partition; some may be marks of transactions
    void drainTail(int most, Consumer<ConsumerRecord<String, byte[]>> sink) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - most)));
        drain(sink);
    }

    /// Goes to the first record of each partition from a time on; to its end where there is none.
    ///
    /// @param millis record time, milliseconds since 1970
    void seek(long millis) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, millis));
        consumer.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /// Goes to the beginning of each partition.
    void seekToBeginning() {
        consumer.seekToBeginning(partitions);
    }

    /// The records since the last call; waits up to 100 ms when there are none.
    public Iterable<ConsumerRecord<String, byte[]>> poll() {
        return consumer.poll(POLL);
    }

    /// Reads everything that was committed when this was called.
    public void drain(Consumer<ConsumerRecord<String, byte[]>> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Set<TopicPartition> behind = new HashSet<>(partitions);
        while (!behind.isEmpty()) {
            poll().forEach(sink);
            behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
