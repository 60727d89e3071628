package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sensors' seasonal states as a part of an artefact: the last known slot, then the sensors in the order of
/// the manifest, each with its bytes. Empty for a network that does not use seasonal states.
final class SeasonalFile {

    private SeasonalFile() {}

    static byte[] write(SensorNetwork network, List<String> sensors, SeasonalStates seasonalStates) {
        if (!network.features().readsSeasonalState()) {
            return new byte[0];
        }
        int each = SeasonalState.bytes(seasonalStates.days());
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Math.multiplyExact(sensors.size(), each));
        out.putLong(seasonalStates.through());
        for (String sensor : sensors) {
            out.put(seasonalStates.newest(sensor));
        }
        return out.array();
    }

    /// @throws InvalidInputException when the length does not match the number of sensors
    static SeasonalStates read(SensorNetwork network, List<String> sensors, byte[] bytes, String source) {
        SeasonalStates nothing = SeasonalStates.of(network);
        if (!network.features().readsSeasonalState()) {
            return nothing;
        }
        long expected = Long.BYTES + (long) sensors.size() * SeasonalState.bytes(nothing.days());
        if (bytes.length != expected) {
            throw new InvalidInputException(source + ": the seasonal state of " + sensors.size() + " sensors must have "
                    + expected + " bytes, found " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long through = in.getLong();
        Map<String, byte[]> known = new LinkedHashMap<>();
        for (String sensor : sensors) {
            byte[] state = nothing.unknown();
            in.get(state);
            known.put(sensor, state);
        }
        return SeasonalStates.of(network, through, SeasonalStates.Known.of(known));
    }
}
