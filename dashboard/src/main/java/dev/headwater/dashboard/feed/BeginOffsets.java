package dev.headwater.dashboard.feed;

import dev.headwater.bus.BrokerAnswer;
import dev.headwater.bus.ClientConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Where to begin partitions. Record time is event time and may lie in any year, so "the last day" is counted back
/// from the newest reading.
///
/// @param client   of the broker
/// @param readings topic of the readings
/// @param remembered event time that is remembered
record BeginOffsets(ClientConfig client, String readings, Duration remembered) {

    private static final long LAST = 2_000; // offsets of a partition
    private static final long MAX_BACKLOG = 400_000; // offsets of a topic; a forecast takes some 10 us to read

    Map<TopicPartition, Long> of(
            KafkaConsumer<?, ?> consumer, Set<TopicPartition> partitions, Map<String, TopicFeed.Begin> topics) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> timed = remembered(consumer, partitions);
        Map<String, Long> counts =
                partitions.stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
        Map<TopicPartition, Long> begins = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long first = oldest.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long begin = switch (topics.getOrDefault(partition.topic(), TopicFeed.Begin.OLDEST)) {
                case OLDEST -> first;
                case LAST -> end - LAST;
                case REMEMBERED ->
                    Math.max(
                            timed.getOrDefault(partition, end),
                            end - MAX_BACKLOG / counts.getOrDefault(partition.topic(), 1L));
            };
            begins.put(partition, Math.max(first, begin));
        }
        return begins;
    }

    /// The first offsets that are remembered; a partition without any is absent.
    private Map<TopicPartition, Long> remembered(KafkaConsumer<?, ?> consumer, Set<TopicPartition> partitions) {
        OptionalLong newest = newestReading(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        long from = newest.isPresent() ? Math.max(0, newest.getAsLong() - remembered.toMillis()) : 0;
        partitions.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(times).forEach((partition, offset) -> {
            if (offset != null) {
                found.put(partition, offset.offset());
            }
        });
        return found;
    }

    private OptionalLong newestReading(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream()
                .filter(partition -> partition.topic().equals(readings))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.maxTimestamp()));
        if (asked.isEmpty()) {
            return OptionalLong.empty();
        }
        try (Admin admin = client.openAdmin("headwater-dashboard")) {
            return BrokerAnswer.of(admin.listOffsets(asked).all()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .filter(time -> time >= 0)
                    .max();
        }
    }
}
