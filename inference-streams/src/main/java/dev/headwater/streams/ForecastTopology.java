package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.Network;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The topology of one network: readings in, forecasts and dead letters out. Every node and every store has a name, so
/// the internal topics keep theirs when the topology grows.
public final class ForecastTopology {

    /// The header of a dead letter that says what is wrong with it.
    public static final String REASON_HEADER = "headwater-reason";

    static final String READINGS_SOURCE = "readings";
    static final String FORECASTER = "forecaster";
    static final String FORECASTS_SINK = "forecasts";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String WINDOWS_STORE = "windows";

    private ForecastTopology() {}

    /// Builds the topology; touches nothing outside.
    ///
    /// @param model   asked for before every batch, so that a model can be swapped in a running stream
    /// @param metrics counted into
    public static Topology build(
            Network network, Supplier<ServedModel> model, StreamSettings settings, StreamMetrics metrics) {
        Topics topics = Topics.of(network);
        Topology topology = new Topology();
        topology.addSource(READINGS_SOURCE, new StringDeserializer(), new ByteArrayDeserializer(), topics.readings());
        topology.addProcessor(FORECASTER, supplier(network, model, settings, metrics), READINGS_SOURCE);
        topology.addSink(
                FORECASTS_SINK, topics.forecasts(), new StringSerializer(), new ByteArraySerializer(), FORECASTER);
        topology.addSink(
                DEAD_LETTERS_SINK,
                topics.deadReadings(),
                new StringSerializer(),
                new ByteArraySerializer(),
                FORECASTER);
        return topology;
    }

    private static ProcessorSupplier<String, byte[], String, byte[]> supplier(
            Network network, Supplier<ServedModel> model, StreamSettings settings, StreamMetrics metrics) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], String, byte[]> get() {
                return new ForecastProcessor(network, model, settings, metrics);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(windows());
            }
        };
    }

    /// In memory, with a changelog. The cache in front gathers the writes of a sensor between two commits into one.
    private static StoreBuilder<KeyValueStore<String, byte[]>> windows() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(WINDOWS_STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }
}
