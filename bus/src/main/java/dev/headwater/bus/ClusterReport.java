package dev.headwater.bus;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.common.MetadataVersion;

/// What a cluster has of some topics, and how far consumer groups are behind on them. No record is read.
///
/// @param version of the cluster's metadata, `4.3-IV0` for example; empty when the broker doesn't say
/// @param brokers number of brokers
/// @param topics  by name
/// @param groups  those with committed offsets on the topics, by name
public record ClusterReport(String version, int brokers, List<Topic> topics, List<Group> groups) {

    private static final String CLIENT = "headwater-report";
    private static final String METADATA_VERSION = "metadata.version";

    /// A topic.
    ///
    /// @param replication copies of each partition
    /// @param partitions  in their order
    /// @param settings    those that were set for this topic, by name
    public record Topic(String name, int replication, List<Partition> partitions, SortedMap<String, String> settings) {}

    /// The offsets in a partition.
    ///
    /// @param first of the oldest record
    /// @param next  of the next record to come
    public record Partition(long first, long next) {}

    /// A consumer group.
    ///
    /// @param state as Kafka names it, `Stable` for example
    /// @param lags  records that follow the committed offset, by `TOPIC-PARTITION`
    public record Group(String id, String state, SortedMap<String, Long> lags) {}

    /// Asks the cluster.
    ///
    /// @param wanted chooses topics by their names, internal ones included
    /// @throws InvalidInputException when no broker answers, or it refuses an answer
    public static ClusterReport of(ClientConfig client, Predicate<String> wanted) {
        try (Admin admin = client.openAdmin(CLIENT)) {
            int brokers = BrokerAnswer.of(admin.describeCluster().nodes()).size();
            List<String> names = BrokerAnswer.of(admin.listTopics().names()).stream()
                    .filter(wanted)
                    .sorted()
                    .toList();
            Map<String, TopicDescription> found =
                    BrokerAnswer.of(admin.describeTopics(names).allTopicNames());
            List<TopicPartition> partitions = found.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
            Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
            Map<TopicPartition, Long> next = offsets(admin, partitions, OffsetSpec.latest());
            List<Topic> topics = names.stream()
                    .map(name -> topic(admin, requireNonNull(found.get(name)), first, next))
                    .toList();
            return new ClusterReport(version(admin), brokers, topics, groups(admin, next));
        } catch (KafkaException e) {
            throw new InvalidInputException(client.bootstrapServers() + " does not answer: " + e.getMessage(), e);
        }
    }

    /// The version of Kafka's client libraries.
    public static String clientVersion() {
        return AppInfoParser.getVersion();
    }

    private static String version(Admin admin) {
        FinalizedVersionRange range = BrokerAnswer.of(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get(METADATA_VERSION);
        if (range == null) {
            return "";
        }
        short level = range.maxVersionLevel();
        try {
            return MetadataVersion.fromFeatureLevel(level).version();
        } catch (IllegalArgumentException e) {
            return "level " + level; // of a newer Kafka than this code knows
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        return BrokerAnswer.of(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static Topic topic(
            Admin admin, TopicDescription topic, Map<TopicPartition, Long> first, Map<TopicPartition, Long> next) {
        List<Partition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .map(partition ->
                        new Partition(requireNonNull(first.get(partition)), requireNonNull(next.get(partition))))
                .toList();
        int replication = topic.partitions().getFirst().replicas().size();
        return new Topic(topic.name(), replication, partitions, settings(admin, topic.name()));
    }

    private static SortedMap<String, String> settings(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        SortedMap<String, String> settings = new TreeMap<>();
        requireNonNull(BrokerAnswer.of(admin.describeConfigs(List.of(resource)).all())
                        .get(resource))
                .entries()
                .stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .filter(entry -> entry.value() != null)
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private static List<Group> groups(Admin admin, Map<TopicPartition, Long> next) {
        List<Group> groups = new ArrayList<>();
        for (GroupListing listing : BrokerAnswer.of(admin.listGroups().all())) {
            SortedMap<String, Long> lags = lags(admin, listing.groupId(), next);
            if (!lags.isEmpty()) {
                String state = listing.groupState().map(Object::toString).orElse("");
                groups.add(new Group(listing.groupId(), state, lags));
            }
        }
        groups.sort((a, b) -> a.id().compareTo(b.id()));
        return groups;
    }

    /// Empty when the group has nothing to do with the topics, or may not be asked.
    private static SortedMap<String, Long> lags(Admin admin, String group, Map<TopicPartition, Long> next) {
        SortedMap<String, Long> lags = new TreeMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    BrokerAnswer.of(admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                            .partitionsToOffsetAndMetadata(group));
            committed.forEach((partition, offset) -> {
                Long end = next.get(partition);
                if (end != null && offset != null) {
                    lags.put(partition.toString(), Math.max(0, end - offset.offset()));
                }
            });
        } catch (KafkaException e) {
            lags.clear(); // the group is of another protocol, or of someone else
        }
        return lags;
    }
}
