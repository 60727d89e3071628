package dev.headwater.streams.sensors;

import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.state.SensorState;
import java.util.Locale;

/// The order of sensors in a list.
public enum SensorOrder {
    /// By id.
    ID,
    /// Those without a reading for the longest time first.
    SILENT;

    /// The name as users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Sensors with a larger rank come first, those of equal rank by id.
    double rank(SensorState state, SlotClock clock) {
        return switch (this) {
            case ID -> 0;
            case SILENT -> -state.newestTime(clock);
        };
    }
}
