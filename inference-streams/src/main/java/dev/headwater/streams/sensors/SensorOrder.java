package dev.headwater.streams.sensors;

import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.state.SensorState;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The order of sensors in a list.
public enum SensorOrder {
    /// By id.
    ID,
    /// Those without a reading for the longest time first.
    SILENT,
    /// Those with the largest error of late first.
    ERROR,
    /// Those with the largest error of late in relation to that of persistence first.
    WORST;

    private static final int LEAST_STEPS = 100; // fewer say little

    /// The name as users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Sensors with a larger rank come first, those of equal rank by id.
    double rank(SensorState state, SlotClock clock) {
        return switch (this) {
            case ID -> 0;
            case SILENT -> -state.newestTime(clock);
            case ERROR -> rank(state.scores(), SensorScores::mae);
            case WORST -> rank(state.scores(), scores -> scores.mae() / scores.persistenceMae());
        };
    }

    /// Sensors of which little was compared come last.
    private static double rank(@Nullable SensorScores scores, ToDoubleFunction<SensorScores> figure) {
        double value = scores == null || scores.count() < LEAST_STEPS ? Double.NaN : figure.applyAsDouble(scores);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }
}
