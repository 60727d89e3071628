package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sensors' seasonal states as a part of an artefact: the last known slot, then the sensors in the order of
/// the manifest, each with all its chunks. Empty for a network that does not use seasonal states.
final class SeasonalFile {

    private SeasonalFile() {}

    static Part.Content content(SensorNetwork network, List<String> sensors, SeasonalStates seasonalStates) {
        if (!network.features().readsSeasonalState()) {
            return out -> {};
        }
        int each = bytes(seasonalStates.unknown());
        return out -> {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .putLong(seasonalStates.through())
                    .array());
            for (String sensor : sensors) {
                SeasonalState seasonalState = seasonalStates.newest(sensor);
                ByteBuffer one = ByteBuffer.allocate(each);
                for (int chunk = 0; chunk < seasonalState.chunks(); chunk++) {
                    seasonalState.writeChunk(chunk, one);
                }
                out.write(one.array());
            }
        };
    }

    /// @throws InvalidInputException when the length does not match the number of sensors
    static SeasonalStates read(ModelManifest manifest, MemorySegment bytes, String source) {
        SensorNetwork network = manifest.network();
        List<String> sensors = manifest.sensors();
        SeasonalStates nothing = SeasonalStates.of(network);
        if (!network.features().readsSeasonalState()) {
            return nothing;
        }
        long expected = Long.BYTES + (long) sensors.size() * bytes(nothing.unknown());
        if (bytes.byteSize() != expected) {
            throw new InvalidInputException(source + ": the seasonal state of " + sensors.size() + " sensors must have "
                    + expected + " bytes, found " + bytes.byteSize());
        }
        ByteBuffer in = bytes.asByteBuffer();
        long through = in.getLong();
        Map<String, SeasonalState> known = new LinkedHashMap<>();
        for (String sensor : sensors) {
            SeasonalState seasonalState = nothing.unknown();
            for (int chunk = 0; chunk < seasonalState.chunks(); chunk++) {
                seasonalState.readChunk(chunk, in);
            }
            known.put(sensor, seasonalState);
        }
        return SeasonalStates.of(network, through, known);
    }

    private static int bytes(SeasonalState seasonalState) {
        return seasonalState.chunks() * seasonalState.chunkBytes();
    }
}
