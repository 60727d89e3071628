package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/// A topic as it is to be created. How often it is copied is no affair of the topic but of the
/// cluster, see [TopicAdmin#apply].
///
/// @param name       topic name
/// @param partitions partitions, 1 or more
/// @param config     topic settings by their Kafka names
/// @param fixed      whether it must have these partitions; else one that is there already may have others
public record TopicSpec(String name, int partitions, Map<String, String> config, boolean fixed) {

    public TopicSpec {
        if (partitions < 1) {
            throw new InvalidInputException("topic " + name + ": partitions must be 1 or more, found " + partitions);
        }
        config = Map.copyOf(config);
    }

    /// One that may have other partitions where it is there already.
    public TopicSpec(String name, int partitions, Map<String, String> config) {
        this(name, partitions, config, false);
    }

    /// @param replication copies of each partition; empty for the broker's default
    NewTopic toNewTopic(Optional<Short> replication) {
        return new NewTopic(name, Optional.of(partitions), replication).configs(config);
    }
}
