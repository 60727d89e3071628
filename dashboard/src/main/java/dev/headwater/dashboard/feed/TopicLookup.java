package dev.headwater.dashboard.feed;

import dev.headwater.bus.ClientConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Finds the records of one sensor on a topic, also long ago.
///
/// @param client of the broker
public record TopicLookup(ClientConfig client) {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// Passes the records of a sensor on, partition by partition in the order of the topic.
    ///
    /// @param since record time, milliseconds since 1970
    /// @param sink  returns whether it wants more
    /// @return whether all were passed on: false when the sink has had enough, or the search took too long
    public boolean find(String topic, String sensor, long since, Predicate<ConsumerRecord<byte[], byte[]>> sink) {
        byte[] key = sensor.getBytes(StandardCharsets.UTF_8);
        try (KafkaConsumer<byte[], byte[]> consumer =
                client.openConsumer("headwater-lookup", "", new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, ANSWER).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<TopicPartition> behind = seek(consumer, partitions, since);
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (true) {
                behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                if (behind.isEmpty()) {
                    return true;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.timestamp() >= since && Arrays.equals(record.key(), key) && !sink.test(record)) {
                        return false;
                    }
                }
                if (System.nanoTime() > deadline) {
                    return false;
                }
            }
        }
    }

    /// @return the partitions that have something since then
    private static Set<TopicPartition> seek(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since)));
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(times).forEach((partition, offset) -> {
            if (offset != null) {
                found.put(partition, offset.offset());
            }
        });
        consumer.assign(found.keySet());
        found.forEach(consumer::seek);
        return new HashSet<>(found.keySet());
    }
}
