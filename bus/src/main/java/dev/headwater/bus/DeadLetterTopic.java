package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The dead-letter topic of a network, and how far it was replayed. One consumer group per reason holds these
/// offsets, so that each reason can be replayed on its own.
public final class DeadLetterTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String CLIENT = "headwater-dead-letters";

    private final String network;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final List<TopicPartition> partitions;

    /// A dead letter and its position on the dead-letter topic.
    public record Entry(TopicPartition partition, long offset, DeadLetter letter) {}

    private DeadLetterTopic(
            String network, KafkaConsumer<byte[], byte[]> consumer, Admin admin, List<TopicPartition> partitions) {
        this.network = network;
        this.consumer = consumer;
        this.admin = admin;
        this.partitions = partitions;
    }

    /// @throws InvalidInputException when no broker answers, or there is no such topic
    public static DeadLetterTopic open(ClientConfig client, SensorNetwork network) {
        String topic = Topics.of(network).deadReadings();
        Admin admin = client.openAdmin(CLIENT);
        KafkaConsumer<byte[], byte[]> consumer =
                client.openConsumer(CLIENT, "", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            if (!BrokerAnswer.of(admin.listTopics().names()).contains(topic)) {
                throw new InvalidInputException(
                        "topic " + topic + " does not exist at " + client.bootstrapServers() + ": was serve ever run?");
            }
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            return new DeadLetterTopic(network.name(), consumer, admin, partitions);
        } catch (TimeoutException e) {
            close(consumer, admin);
            throw client.unreachable(e);
        } catch (RuntimeException e) {
            close(consumer, admin);
            throw e;
        }
    }

    /// Ends of the partitions as they are now, committed records only.
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /// Passes all letters before the ends to `sink`, oldest first within a partition.
    public void read(Map<TopicPartition, Long> ends, Consumer<Entry> sink) {
        consumer.seekToBeginning(partitions);
        Set<TopicPartition> behind = new HashSet<>(partitions);
        while (true) {
            behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (behind.isEmpty()) {
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    sink.accept(new Entry(partition, record.offset(), DeadLetter.read(record)));
                }
            }
        }
    }

    /// The offset before which all letters of a reason were replayed, by reason and partition; partitions
    /// without a replay are absent.
    public Map<String, Map<TopicPartition, Long>> replayed(Collection<String> reasons) {
        ListConsumerGroupOffsetsSpec everything = new ListConsumerGroupOffsetsSpec();
        Map<String, ListConsumerGroupOffsetsSpec> groups =
                reasons.stream().collect(Collectors.toMap(this::group, reason -> everything));
        ListConsumerGroupOffsetsResult found = admin.listConsumerGroupOffsets(groups);
        Map<String, Map<TopicPartition, Long>> all = new HashMap<>();
        for (String reason : reasons) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            committed(found.partitionsToOffsetAndMetadata(group(reason))).forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
            all.put(reason, offsets);
        }
        return all;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(
            KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> future) {
        try {
            return BrokerAnswer.of(future);
        } catch (GroupIdNotFoundException e) {
            return Map.of(); // nothing was replayed yet
        }
    }

    /// Commits that the letters of these reasons were replayed up to the ends.
    public void setReplayed(Collection<String> reasons, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ends.forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end)));
        reasons.stream()
                .map(reason ->
                        admin.alterConsumerGroupOffsets(group(reason), offsets).all())
                .toList() // sends all requests before waiting for the first answer
                .forEach(BrokerAnswer::of);
    }

    private String group(String reason) {
        return CLIENT + "-" + network + "-" + reason;
    }

    private static void close(KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        consumer.close();
        admin.close(Duration.ZERO);
    }

    @Override
    public void close() {
        close(consumer, admin);
    }
}
