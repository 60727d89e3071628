package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import dev.headwater.forecasting.seasonal.OldSeasonalForm;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates.Known;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sensors' seasonal states as a part of an artefact: a head, then the bytes of each state, all of the same
/// length, in the order of the manifest's sensors. The head is the version of these bytes (int), the length of a
/// state (int) and the last known slot (long), little endian. Empty for a network that does not use seasonal states.
final class SeasonalFile {

    private static final int HEAD = 2 * Integer.BYTES + Long.BYTES;

    private SeasonalFile() {}

    static Part.Content content(ModelManifest manifest, SeasonalStates states) {
        if (!manifest.network().features().readsSeasonalState()) {
            return out -> {};
        }
        byte[] head = new byte[HEAD];
        ByteBuffer.wrap(head)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SeasonalState.VERSION)
                .putInt(SeasonalState.bytes(states.days()))
                .putLong(states.through());
        return out -> {
            out.write(head);
            for (String sensor : manifest.sensors()) {
                out.write(states.newest(sensor));
            }
        };
    }

    /// The states, which stay where they are.
    ///
    /// @throws InvalidInputException when the part does not match the network and the number of sensors
    static SeasonalStates read(ModelManifest manifest, MemorySegment bytes, String source) {
        SeasonalStates nothing = SeasonalStates.of(manifest.network());
        if (!manifest.network().features().readsSeasonalState()) {
            return nothing;
        }
        if (manifest.format() == ModelManifest.OLDEST_FORMAT) {
            return readOld(manifest, bytes, nothing, source);
        }
        List<String> sensors = manifest.sensors();
        int each = SeasonalState.bytes(nothing.days());
        requireLength(bytes, HEAD + (long) sensors.size() * each, sensors.size(), source);
        ByteBuffer head = bytes.asSlice(0, HEAD).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int version = head.getInt();
        int length = head.getInt();
        if (version != SeasonalState.VERSION || length != each) {
            throw new InvalidInputException(source + ": pasts.bin must be of version " + SeasonalState.VERSION
                    + " with " + each + " bytes a sensor, found version " + version + " with " + length);
        }
        Known known = StoredStates.of(sensors, bytes.asSlice(HEAD), each);
        return SeasonalStates.of(manifest.network(), head.getLong(), known);
    }

    private static void requireLength(MemorySegment bytes, long expected, int sensors, String source) {
        if (bytes.byteSize() != expected) {
            throw new InvalidInputException(source + ": the seasonal state of " + sensors + " sensors must have "
                    + expected + " bytes, found " + bytes.byteSize());
        }
    }

    /// Format 3: the last known slot, then the chunks of each state.
    private static SeasonalStates readOld(
            ModelManifest manifest, MemorySegment bytes, SeasonalStates nothing, String source) {
        int sensors = manifest.sensors().size();
        long each = (long) OldSeasonalForm.CHUNKS * OldSeasonalForm.chunkBytes(nothing.days());
        requireLength(bytes, Long.BYTES + sensors * each, sensors, source);
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE));
        Rates rates = manifest.network().features().profile() == Profile.MOVING ? Rates.MOVING : null;
        long through = in.getLong();
        Map<String, byte[]> known = new LinkedHashMap<>();
        for (String sensor : manifest.sensors()) {
            OldSeasonalForm old = new OldSeasonalForm(nothing.days(), rates);
            for (int chunk = 0; chunk < OldSeasonalForm.CHUNKS; chunk++) {
                old.read(chunk, in);
            }
            known.put(sensor, old.state());
        }
        return SeasonalStates.of(manifest.network(), through, Known.of(known));
    }
}
