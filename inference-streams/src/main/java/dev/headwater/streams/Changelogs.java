package dev.headwater.streams;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The changelog topics of a stream's state stores. A sensor's state lies in the partition of its readings, so
/// changelogs need as many partitions as the readings topic; forecasts and dead letters may have any number.
final class Changelogs {

    private Changelogs() {}

    /// @throws InvalidInputException when a changelog has another number, as after the readings topic was
    ///                               recreated or widened
    static void requireFit(SensorNetwork network, StreamSettings settings) {
        String readings = Topics.of(network).readings();
        List<String> topics = new ArrayList<>(ForecastTopology.stores(network).stream()
                .map(store -> settings.applicationId() + "-" + store + "-changelog")
                .toList());
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
    }
}
