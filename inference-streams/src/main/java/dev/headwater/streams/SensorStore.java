package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The states of a task's sensors in its stores. Long windows and seasonal states lie in chunks in separate
/// stores, so that a reading writes only the chunks that it touches: in a seasonal state that of its day, and
/// with the first reading of a day also some rows of the profile.
final class SensorStore {

    private static final char CHUNK_MARK = '#'; // the last one in a key separates sensor and chunk

    private final SensorNetwork network;
    private final KeyValueStore<String, byte[]> states;
    private final @Nullable KeyValueStore<String, byte[]> chunks;
    private final @Nullable KeyValueStore<String, byte[]> seasonalStates;

    SensorStore(SensorNetwork network, ProcessorContext<byte[], byte[]> context) {
        this.network = network;
        this.states = context.getStateStore(ForecastTopology.WINDOWS_STORE);
        this.chunks = SensorState.isChunked(network) ? context.getStateStore(ForecastTopology.CHUNKS_STORE) : null;
        this.seasonalStates =
                network.features().readsSeasonalState() ? context.getStateStore(ForecastTopology.SEASONAL_STORE) : null;
    }

    /// @param starting initial seasonal states, for sensors without a stored one
    void forEach(SeasonalStates starting, BiConsumer<String, SensorState> action) {
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                action.accept(one.key, read(one.key, one.value, starting));
            }
        }
    }

    private SensorState read(String sensor, byte[] head, SeasonalStates starting) {
        SensorState state = SensorState.read(network, readSeasonalState(sensor, starting), head);
        for (int chunk = 0; chunks != null && chunk < state.window().chunks(); chunk++) {
            byte[] bytes = chunks.get(key(sensor, chunk));
            if (bytes != null) {
                state.readChunk(network, bytes);
            }
        }
        return state;
    }

    private @Nullable SeasonalState readSeasonalState(String sensor, SeasonalStates starting) {
        if (seasonalStates == null) {
            return null;
        }
        SeasonalState seasonalState = SeasonalStates.of(network).unknown();
        boolean found = false;
        for (int chunk = 0; chunk < seasonalState.chunks(); chunk++) {
            byte[] bytes = seasonalStates.get(key(sensor, chunk));
            if (bytes != null) {
                requireLength(seasonalState, bytes);
                seasonalState.readChunk(chunk, ByteBuffer.wrap(bytes));
                found = true;
            }
        }
        return found ? seasonalState : starting.newest(sensor);
    }

    private void requireLength(SeasonalState seasonalState, byte[] bytes) {
        if (bytes.length != seasonalState.chunkBytes()) {
            throw new IllegalStateException("network " + network.name() + ": the stored seasonal state has chunks of "
                    + bytes.length + " bytes, " + seasonalState.chunkBytes() + " are needed: it was written for another"
                    + " interval; run under another application id, or reset the application");
        }
    }

    /// Writes what has changed.
    void put(String sensor, SensorState state) {
        if (chunks != null) {
            for (int chunk : state.window().takeTouched()) {
                chunks.put(key(sensor, chunk), state.writeChunk(chunk));
            }
        }
        SeasonalState seasonalState = state.seasonalState();
        if (seasonalStates != null && seasonalState != null) {
            for (int chunk : seasonalState.takeTouched()) {
                ByteBuffer out = ByteBuffer.allocate(seasonalState.chunkBytes());
                seasonalState.writeChunk(chunk, out);
                seasonalStates.put(key(sensor, chunk), out.array());
            }
        }
        states.put(sensor, state.write());
    }

    void remove(String sensor, SensorState state) {
        SeasonalState seasonalState = state.seasonalState();
        remove(chunks, sensor, state.window().chunks());
        remove(seasonalStates, sensor, seasonalState == null ? 0 : seasonalState.chunks());
        states.delete(sensor);
    }

    private static void remove(@Nullable KeyValueStore<String, byte[]> store, String sensor, int chunks) {
        for (int chunk = 0; store != null && chunk < chunks; chunk++) {
            store.delete(key(sensor, chunk));
        }
    }

    private static String key(String sensor, int chunk) {
        return sensor + CHUNK_MARK + chunk;
    }
}
