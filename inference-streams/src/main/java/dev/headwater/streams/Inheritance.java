package dev.headwater.streams;

import dev.headwater.streams.state.OldStore;
import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.Sensors;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a task takes over from the one before it, when it begins: restored states, those of an older
/// version, and windows rebuilt from past readings where their state cannot be read.
///
/// @param taker gets the past readings of sensors whose window is rebuilt
record Inheritance(StreamParts parts, ProcessorContext<byte[], byte[]> context, Sensors sensors, Taker taker) {

    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);

    /// Puts a past reading into a state.
    @FunctionalInterface
    interface Taker {

        /// @param state new, or that of the sensor's earlier readings
        void take(SensorState state, PastReadings.Past past);
    }

    void takeOver() {
        List<OldStore> old = ForecastTopology.OLD_STORES.stream()
                .filter(parts.before().oldStores()::contains)
                .map(context::<OldStore>getStateStore)
                .toList();
        if (!old.isEmpty()) {
            sensors.takeOver(old);
        }
        Sensors.Unreadable unreadable = sensors.begin(context.currentSystemTimeMs());
        parts.metrics().lost(StreamMetrics.Lost.WINDOW, unreadable.windows().size());
        parts.metrics().lost(StreamMetrics.Lost.SEASONAL, unreadable.seasonal().size());
        parts.metrics().lost(StreamMetrics.Lost.PENDING, unreadable.truth().size());
        if (!unreadable.windows().isEmpty() || !unreadable.seasonal().isEmpty()) {
            int rebuilt = rebuild(unreadable.windows());
            LOG.warn(
                    "network {}, task {}: the windows of {} sensors were stored for other readings or by a newer"
                            + " version; {} of them are rebuilt from past readings, the others begin anew; {} sensors"
                            + " lost their seasonal state",
                    parts.network().name(),
                    context.taskId(),
                    unreadable.windows().size(),
                    rebuilt,
                    unreadable.seasonal().size());
        }
    }

    /// @return number of sensors that past readings were found of
    private int rebuild(Set<String> windows) {
        if (windows.isEmpty()) {
            return 0;
        }
        int before = sensors.size();
        SensorState view = sensors.view();
        parts.before().readings().forEach(context.taskId().partition(), past -> {
            if (windows.contains(past.sensor())) {
                SensorState found = sensors.find(past.sensor(), view);
                taker.take(found == null ? sensors.create(past.sensor(), view) : found, past);
            }
        });
        return sensors.size() - before;
    }
}
