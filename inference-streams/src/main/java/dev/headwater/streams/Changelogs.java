package dev.headwater.streams;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The changelog topics of a stream's state stores. A sensor's state lies in the partition of its readings,
/// so changelogs need as many partitions as the readings topic; forecasts and dead letters may have any
/// number.
final class Changelogs {

    private Changelogs() {}

    /// Checks those that exist, and creates the others. Kafka Streams would create them too, but while an
    /// instance of an older version leads the group it creates those of its own stores alone, and a newer
    /// instance waits for ever.
    ///
    /// @return the stores of older versions that have a changelog
    /// @throws InvalidInputException when a changelog has another number, as after the readings topic was
    ///                               recreated or widened
    static Set<String> prepare(SensorNetwork network, StreamSettings settings) {
        String readings = Topics.of(network).readings();
        List<String> own = ForecastTopology.stores(network, settings.state()).stream()
                .map(store -> topic(store, settings))
                .toList();
        List<String> topics = new ArrayList<>(own);
        ForecastTopology.OLD_STORES.forEach(store -> topics.add(topic(store, settings)));
        topics.add(readings);
        Map<String, Integer> partitions = TopicAdmin.partitions(settings.client(), topics);
        int wanted = requireNonNull(partitions.remove(readings));
        partitions.forEach((topic, found) -> {
            if (found != wanted) {
                throw new InvalidInputException("topic " + topic + ": must have as many partitions as " + readings
                        + ", "
                        + wanted + ", found " + found + ": run under another application id, or delete it and begin"
                        + " with empty windows");
            }
        });
        List<String> missing =
                own.stream().filter(topic -> !partitions.containsKey(topic)).toList();
        if (!missing.isEmpty()) {
            create(missing, wanted, settings);
        }
        return ForecastTopology.OLD_STORES.stream()
                .filter(store -> partitions.containsKey(topic(store, settings)))
                .collect(Collectors.toSet());
    }

    /// As Kafka Streams does.
    private static void create(List<String> missing, int partitions, StreamSettings settings) {
        Map<String, Object> streams = settings.streamsConfig();
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        streams.forEach((key, value) -> {
            if (key.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                config.put(key.substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        Optional<Short> replication = Optional.ofNullable(streams.get(StreamsConfig.REPLICATION_FACTOR_CONFIG))
                .map(copies -> Short.valueOf(copies.toString()))
                .filter(copies -> copies > 0);
        List<TopicSpec> specs = missing.stream()
                .map(topic -> new TopicSpec(topic, partitions, config))
                .toList();
        TopicAdmin.apply(settings.client(), specs, replication);
    }

    private static String topic(String store, StreamSettings settings) {
        return settings.applicationId() + "-" + store + "-changelog";
    }
}
