package dev.headwater.streams.state;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builds the stores of sensors, one of each per task, always with a changelog.
///
/// @param <S> the store
public record SensorStores<S extends StateStore>(String name, Supplier<S> maker) implements StoreBuilder<S> {

    /// The store of a network's sensors.
    ///
    /// @param onDisk whether the states also lie on disk, in RocksDB
    /// @param scored whether forecasts are kept until their truths come
    public static SensorStores<SensorStore> sensors(
            String name, SensorNetwork network, boolean onDisk, boolean scored) {
        SensorLayout layout = new SensorLayout(network, scored);
        return new SensorStores<>(name, () -> new SensorStore(name, layout, onDisk ? disk(name) : null));
    }

    /// The store of a task's live accuracy.
    public static SensorStores<AccuracyStore> accuracy(String name, SensorNetwork network) {
        return new SensorStores<>(name, () -> new AccuracyStore(name, network));
    }

    private static KeyValueStore<Bytes, byte[]> disk(String name) {
        return Stores.persistentKeyValueStore(name).get();
    }

    /// A store of an older version, to be read once.
    public static SensorStores<OldStore> old(String name) {
        return new SensorStores<>(name, () -> new OldStore(name));
    }

    @Override
    public S build() {
        return maker.get();
    }

    @Override
    public StoreBuilder<S> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<S> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
        return this;
    }

    @Override
    public StoreBuilder<S> withLoggingDisabled() {
        throw new UnsupportedOperationException("the states of sensors must survive a crash");
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }
}
