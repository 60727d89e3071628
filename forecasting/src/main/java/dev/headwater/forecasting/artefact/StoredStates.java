package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Seasonal states that lie one behind the other in an artefact, and are read when they are asked for.
///
/// @param index the place of each sensor
/// @param bytes `[place][each]`
/// @param each  bytes of a state
record StoredStates(Map<String, Integer> index, MemorySegment bytes, int each) implements SeasonalStates.Known {

    static StoredStates of(List<String> sensors, MemorySegment bytes, int each) {
        Map<String, Integer> index = HashMap.newHashMap(sensors.size());
        for (int place = 0; place < sensors.size(); place++) {
            index.put(sensors.get(place), place);
        }
        return new StoredStates(index, bytes, each);
    }

    @Override
    public byte @Nullable [] state(String sensor) {
        Integer place = index.get(sensor);
        return place == null ? null : bytes.asSlice((long) place * each, each).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public Set<String> sensors() {
        return index.keySet();
    }
}
