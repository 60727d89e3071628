package dev.headwater.forecasting.drift;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A group of sensors has changed: their drift began within a few hours.
///
/// @param network   name of the network
/// @param scope     how much of the network it concerns
/// @param kinds     in what it shows
/// @param from      event time at which the first sensor was found, milliseconds since 1970
/// @param to        that of the last one
/// @param concerned number of sensors in the group
/// @param known     number of all sensors of the network
/// @param sensors   ids of the group, sorted; of a large one the first [#MAX_SENSORS]
public record DriftEvent(
        String network,
        Scope scope,
        Set<DriftKind> kinds,
        long from,
        long to,
        int concerned,
        int known,
        List<String> sensors) {

    /// Most ids that an event lists.
    public static final int MAX_SENSORS = 1000;

    /// How much of a network has changed.
    public enum Scope {
        /// One sensor.
        SENSOR,
        /// Several sensors, at most half of them.
        GROUP,
        /// More than half of the sensors, and more than one.
        NETWORK;

        /// The name on the bus and in metrics.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Scope of(int concerned, int known) {
            if (concerned == 1) {
                return SENSOR;
            }
            return 2 * concerned > known ? NETWORK : GROUP;
        }
    }
}
