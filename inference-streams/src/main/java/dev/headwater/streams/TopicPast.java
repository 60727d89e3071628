package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.state.PastSpan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What lies on the readings topic when a stream first starts: in the partitions where its group has not committed an
/// offset.
final class TopicPast {

    private static final int TAIL = 100; // offsets in which the last record is found: some are marks of transactions
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private TopicPast() {}

    /// @return by partition
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers
    static Map<Integer, PastSpan> of(SensorNetwork network, StreamSettings settings) {
        try (KafkaConsumer<byte[], byte[]> consumer = settings.client()
                .openConsumer(
                        settings.clientId() + "-past",
                        settings.applicationId(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            return of(consumer, Topics.of(network).readings());
        } catch (KafkaException e) {
            throw settings.client().unreachable(e);
        }
    }

    private static Map<Integer, PastSpan> of(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(all));
        List<TopicPartition> fresh = all.stream()
                .filter(partition -> committed.get(partition) == null)
                .toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(fresh);
        Map<TopicPartition, Long> ends = lastRecords(consumer, fresh, begins);
        Map<Integer, PastSpan> pasts = new HashMap<>();
        fresh.forEach(partition -> {
            long begin = begins.getOrDefault(partition, 0L);
            pasts.put(partition.partition(), new PastSpan(begin, Math.max(begin, ends.getOrDefault(partition, begin))));
        });
        return pasts;
    }

    /// The offsets after the last record of each partition, without the marks of transactions behind it: a task never
    /// comes to those.
    private static Map<TopicPartition, Long> lastRecords(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> fresh, Map<TopicPartition, Long> begins) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
        consumer.assign(fresh);
        Map<TopicPartition, Long> last = new HashMap<>();
        for (TopicPartition partition : fresh) {
            long tail = Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - TAIL);
            consumer.seek(partition, tail);
            last.put(partition, tail);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fresh.isEmpty() && !areRead(consumer, ends) && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    last.put(partition, record.offset() + 1);
                }
            }
        }
        return last;
    }

    private static boolean areRead(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
