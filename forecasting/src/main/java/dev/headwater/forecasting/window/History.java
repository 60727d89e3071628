package dev.headwater.forecasting.window;

import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import org.jspecify.annotations.Nullable;

/// The target's history beyond the window, for forecasters that look further back (the seasonal naive ones).
@FunctionalInterface
public interface History {

    /// No history beyond the window.
    History NONE = (sensor, slot) -> Float.NaN;

    /// The target of a sensor at a slot, NaN when missing or not kept.
    float target(String sensor, long slot);

    /// The target of one sensor at a slot, NaN when missing or not kept.
    @FunctionalInterface
    interface Targets {
        float at(long slot);
    }

    /// The targets of a sensor, for callers that ask for many of them.
    default Targets targets(String sensor) {
        return slot -> target(sensor, slot);
    }

    /// The seasonal states that the sensors began with; null when none are kept.
    default @Nullable SeasonalStates before() {
        return null;
    }

    /// A sensor's seasonal state; null when none is kept.
    default @Nullable SeasonalView seasonalState(String sensor) {
        return null;
    }
}
