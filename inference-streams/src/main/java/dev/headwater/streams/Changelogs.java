package dev.headwater.streams;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The changelog topics of a stream's state stores. A sensor's state lies in the partition of its readings,
/// so changelogs need as many partitions as the readings topic; forecasts and dead letters may have any
/// number.
final class Changelogs {

    private Changelogs() {}

    /// @return the stores of older versions that have a changelog
    /// @throws InvalidInputException when a changelog has another number, as after the readings topic was
    ///                               recreated or widened
    static Set<String> requireFit(SensorNetwork network, StreamSettings settings) {
        String readings = Topics.of(network).readings();
        List<String> topics = Stream.concat(
                        ForecastTopology.stores(network, settings.state()).stream(),
                        ForecastTopology.OLD_STORES.stream())
                .map(store -> topic(store, settings))
                .collect(Collectors.toCollection(ArrayList::new));
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
        return ForecastTopology.OLD_STORES.stream()
                .filter(store -> partitions.containsKey(topic(store, settings)))
                .collect(Collectors.toSet());
    }

    private static String topic(String store, StreamSettings settings) {
        return settings.applicationId() + "-" + store + "-changelog";
    }
}
