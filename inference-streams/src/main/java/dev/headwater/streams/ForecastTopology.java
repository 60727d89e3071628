package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The topology of one network: readings in, forecasts and dead letters out, and words heard where the readings are
/// frames of sound. Every node and every store has a name, so
/// the internal topics keep theirs when the topology grows.
public final class ForecastTopology {

    static final String READINGS_SOURCE = "readings";
    static final String FORECASTER = "forecaster";
    static final String FORECASTS_SINK = "forecasts";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String WINDOWS_STORE = "windows";
    static final String CHUNKS_STORE = "window-chunks"; // where windows are long
    static final String SEASONAL_STORE = "pasts"; // where the network reads more than the window
    static final String KEYWORD_DETECTOR = "keyword-detector"; // this and the following where readings are sound
    static final String KEYWORDS_SINK = "keywords";
    static final String SOURCES_STORE = "keyword-sources";
    static final String FRAMES_STORE = "keyword-frames";

    private ForecastTopology() {}

    /// Builds the topology; touches nothing outside.
    ///
    /// @param model   asked for before every batch, so that a model can be swapped in a running stream
    /// @param metrics counted into
    public static Topology build(
            SensorNetwork network, ModelSource model, StreamSettings settings, StreamMetrics metrics) {
        Topics topics = Topics.of(network);
        SensorCensus census = new SensorCensus(network, settings.limits());
        metrics.watch(census);
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                READINGS_SOURCE,
                new EventTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.readings());
        topology.addProcessor(
                FORECASTER,
                supplier(
                        () -> new ForecastProcessor(network, model, settings, metrics, census),
                        forecastStores(network)),
                READINGS_SOURCE);
        addSink(topology, FORECASTS_SINK, topics.forecasts(), FORECASTER);
        addSink(topology, DEAD_LETTERS_SINK, topics.deadReadings(), FORECASTER);
        AudioSpec audio = network.audio();
        if (audio != null) {
            StreamMetrics.Keywords keywords = metrics.keywords(audio.words());
            topology.addProcessor(
                    KEYWORD_DETECTOR,
                    supplier(() -> new KeywordProcessor(network, audio, model, settings, keywords), keywordStores()),
                    READINGS_SOURCE);
            addSink(topology, KEYWORDS_SINK, topics.keywords(), KEYWORD_DETECTOR);
        }
        return topology;
    }

    /// The names of a network's stores.
    static List<String> stores(SensorNetwork network) {
        Set<StoreBuilder<?>> stores = forecastStores(network);
        if (network.audio() != null) {
            stores.addAll(keywordStores());
        }
        return stores.stream().map(StoreBuilder::name).toList();
    }

    private static Set<StoreBuilder<?>> keywordStores() {
        return Set.of(store(SOURCES_STORE), store(FRAMES_STORE));
    }

    private static Set<StoreBuilder<?>> forecastStores(SensorNetwork network) {
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>();
        stores.add(store(WINDOWS_STORE));
        if (SensorState.isChunked(network)) {
            stores.add(store(CHUNKS_STORE));
        }
        if (network.features().readsSeasonalState()) {
            stores.add(store(SEASONAL_STORE));
        }
        return stores;
    }

    /// Keys are bytes on both: a dead letter leaves with the key it came with, and that may be no text.
    private static void addSink(Topology topology, String name, String topic, String processor) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), processor);
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processor, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    /// In memory, with a changelog. The cache in front gathers the writes of a sensor between two commits into one.
    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }
}
