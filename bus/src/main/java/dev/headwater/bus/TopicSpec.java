package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/// A topic as it is to be created. The replication factor is left to the broker's default.
///
/// @param name       topic name
/// @param partitions partitions, 1 or more
/// @param config     topic settings by their Kafka names
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    public TopicSpec {
        if (partitions < 1) {
            throw new InvalidInputException("topic " + name + ": partitions must be 1 or more, found " + partitions);
        }
        config = Map.copyOf(config);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config);
    }
}
