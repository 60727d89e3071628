package dev.headwater.streams;

import dev.headwater.forecasting.network.Network;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The states of a task's sensors in its stores. Where windows are long, a state is a small record and its window
/// lies in chunks in a store of their own, so that a reading writes the chunk that it touches and not all of it.
final class SensorStore {

    private static final char CHUNK_MARK = '#'; // the last one in a key parts sensor and chunk

    private final Network network;
    private final KeyValueStore<String, byte[]> states;
    private final @Nullable KeyValueStore<String, byte[]> chunks;

    SensorStore(Network network, ProcessorContext<byte[], byte[]> context) {
        this.network = network;
        this.states = context.getStateStore(ForecastTopology.WINDOWS_STORE);
        this.chunks = SensorState.isChunked(network) ? context.getStateStore(ForecastTopology.CHUNKS_STORE) : null;
    }

    void forEach(BiConsumer<String, SensorState> action) {
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                action.accept(one.key, read(one.key, one.value));
            }
        }
    }

    private SensorState read(String sensor, byte[] head) {
        SensorState state = SensorState.read(network, head);
        for (int chunk = 0; chunks != null && chunk < state.window().chunks(); chunk++) {
            byte[] bytes = chunks.get(key(sensor, chunk));
            if (bytes != null) {
                state.readChunk(network, bytes);
            }
        }
        return state;
    }

    /// Writes what has changed.
    void put(String sensor, SensorState state) {
        if (chunks != null) {
            for (int chunk : state.window().takeTouched()) {
                chunks.put(key(sensor, chunk), state.writeChunk(chunk));
            }
        }
        states.put(sensor, state.write());
    }

    void remove(String sensor, SensorState state) {
        for (int chunk = 0; chunks != null && chunk < state.window().chunks(); chunk++) {
            chunks.delete(key(sensor, chunk));
        }
        states.delete(sensor);
    }

    private static String key(String sensor, int chunk) {
        return sensor + CHUNK_MARK + chunk;
    }
}
