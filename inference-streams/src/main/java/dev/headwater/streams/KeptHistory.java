package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The past of the sensors as far as the stream keeps it.
///
/// @param states by sensor, as they change
record KeptHistory(SensorNetwork network, Map<String, SensorState> states) implements History {

    @Override
    public float target(String sensor, long slot) {
        SensorState state = states.get(sensor);
        return state == null ? Float.NaN : state.window().value(slot, network.targetIndex());
    }

    @Override
    public @Nullable SeasonalView seasonalState(String sensor) {
        SensorState state = states.get(sensor);
        return state == null ? null : state.seasonalState();
    }
}
