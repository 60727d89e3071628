package dev.headwater.forecasting.model;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.profile.Pasts;
import dev.headwater.forecasting.profile.SensorPast;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pasts of the sensors as a part of an artefact: the last slot known, then a sensor after the other in the order
/// of the manifest, each with all its chunks. Empty for a network that does not read the past.
final class PastsFile {

    private PastsFile() {}

    static byte[] write(Network network, List<String> sensors, Pasts pasts) {
        if (!network.features().readsPast()) {
            return new byte[0];
        }
        int each = bytes(pasts.unknown());
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Math.multiplyExact(sensors.size(), each));
        out.putLong(pasts.through());
        for (String sensor : sensors) {
            SensorPast past = pasts.newest(sensor);
            for (int chunk = 0; chunk < past.chunks(); chunk++) {
                past.writeChunk(chunk, out);
            }
        }
        return out.array();
    }

    /// @throws InvalidInputException when the length is not that of the sensors
    static Pasts read(Network network, List<String> sensors, byte[] bytes, String source) {
        Pasts nothing = Pasts.of(network);
        if (!network.features().readsPast()) {
            return nothing;
        }
        long expected = Long.BYTES + (long) sensors.size() * bytes(nothing.unknown());
        if (bytes.length != expected) {
            throw new InvalidInputException(source + ": the past of " + sensors.size() + " sensors must have "
                    + expected + " bytes, found " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long through = in.getLong();
        Map<String, SensorPast> known = new LinkedHashMap<>();
        for (String sensor : sensors) {
            SensorPast past = nothing.unknown();
            for (int chunk = 0; chunk < past.chunks(); chunk++) {
                past.readChunk(chunk, in);
            }
            known.put(sensor, past);
        }
        return Pasts.of(network, through, known);
    }

    private static int bytes(SensorPast past) {
        return past.chunks() * past.chunkBytes();
    }
}
