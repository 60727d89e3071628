package dev.headwater.bus;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A topic as it should be and as the broker has it.
///
/// @param wanted      what Headwater asks for
/// @param partitions  what the broker has; 0 when there is no such topic
/// @param replication copies of each partition; 0 when there is no such topic
/// @param config      the broker's values of those settings that are asked for
public record TopicState(TopicSpec wanted, int partitions, int replication, Map<String, String> config) {

    public TopicState {
        config = Map.copyOf(config);
    }

    static TopicState missing(TopicSpec wanted) {
        return new TopicState(wanted, 0, 0, Map.of());
    }

    /// True when the broker has a topic of this name.
    public boolean exists() {
        return partitions > 0;
    }

    /// The settings whose value is not the one asked for, by name, with the value asked for.
    public SortedMap<String, String> drift() {
        SortedMap<String, String> drift = new TreeMap<>(wanted.config());
        drift.entrySet().removeIf(entry -> entry.getValue().equals(config.get(entry.getKey())));
        return drift;
    }
}
