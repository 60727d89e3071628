package dev.headwater.streams;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.profile.Past;
import dev.headwater.forecasting.window.History;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The past of the sensors as far as the stream keeps it.
///
/// @param states by sensor, as they change
record KeptHistory(Network network, Map<String, SensorState> states) implements History {

    @Override
    public float target(String sensor, long slot) {
        SensorState state = states.get(sensor);
        return state == null ? Float.NaN : state.window().value(slot, network.targetIndex());
    }

    @Override
    public @Nullable Past past(String sensor) {
        SensorState state = states.get(sensor);
        return state == null ? null : state.past();
    }
}
