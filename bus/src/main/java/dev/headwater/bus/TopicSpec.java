package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/// The definition of a topic. The replication depends on the cluster, see [TopicAdmin#apply].
///
/// @param name       topic name
/// @param partitions partitions, 1 or more
/// @param config     topic settings by their Kafka names
/// @param fixed      true when an existing topic must have this number of partitions
public record TopicSpec(String name, int partitions, Map<String, String> config, boolean fixed) {

    public TopicSpec {
        if (partitions < 1) {
            throw new InvalidInputException("topic " + name + ": partitions must be 1 or more, found " + partitions);
        }
        config = Map.copyOf(config);
    }

    /// A topic that, if it exists already, may have another number of partitions.
    public TopicSpec(String name, int partitions, Map<String, String> config) {
        this(name, partitions, config, false);
    }

    /// @param replication copies of each partition; empty for the broker's default
    NewTopic toNewTopic(Optional<Short> replication) {
        return new NewTopic(name, Optional.of(partitions), replication).configs(config);
    }
}
