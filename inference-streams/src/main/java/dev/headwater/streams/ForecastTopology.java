package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.sensors.Inquiries;
import dev.headwater.streams.state.OldStates;
import dev.headwater.streams.state.SensorStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The topology of one network: readings in, forecasts and dead letters out, and keyword events where the
/// readings are frames of sound. Every node and every store has a name, so internal topics keep their names
/// when the topology grows.
public final class ForecastTopology {

    static final String READINGS_SOURCE = "readings";
    static final String INTAKE = "intake";
    static final String FORECASTER = "forecaster";
    static final String FORECASTS_SINK = "forecasts";
    static final String DEAD_LETTERS_SINK = "dead-letters";
    static final String SENSORS_STORE = "sensors";
    static final String ACCURACY_STORE = "accuracy"; // this and the sink where forecasts are compared
    static final String ACCURACY_SINK = "accuracy";
    static final String DRIFT_REPORTS_SINK = "drift-reports"; // this and the following where sensors are watched
    static final String DRIFT_REPORTS_SOURCE = "drift-reported";
    static final String DRIFT_GROUPS = "drift-groups";
    static final String DRIFT_STORE = "drift-groups";
    static final String DRIFT_SINK = "drift";
    static final String KEYWORD_DETECTOR = "keyword-detector"; // this and the following where readings are sound
    static final String KEYWORDS_SINK = "keywords";
    static final String SOURCES_STORE = "keyword-sources";
    static final String FRAMES_STORE = "keyword-frames";
    private static final List<String> KEYWORD_STORES = List.of(SOURCES_STORE, FRAMES_STORE);

    /// Stores of versions before 0.2, see [OldStates].
    static final List<String> OLD_STORES = List.of(OldStates.WINDOWS, OldStates.CHUNKS, OldStates.SEASONAL);

    /// A node behind the intake, with its stores and its sinks.
    ///
    /// @param sinks     topics by the names of their sinks
    /// @param processor makes the node's processor from the parts that all tasks share
    private record Branch(
            String node,
            List<StoreBuilder<?>> stores,
            Map<String, String> sinks,
            Function<StreamParts, ProcessorSupplier<byte[], AdmittedReading, byte[], byte[]>> processor) {

        void addTo(Topology topology, StreamParts parts) {
            topology.addProcessor(node, processor.apply(parts), INTAKE);
            stores.forEach(store -> topology.addStateStore(store, node));
            sinks.forEach((sink, topic) -> addSink(topology, sink, topic, node));
        }
    }

    private ForecastTopology() {}

    /// Builds the topology without contacting a broker.
    ///
    /// @param model   asked before every batch, so that a model can be swapped in a running stream
    public static Topology build(
            SensorNetwork network, ModelSource model, StreamSettings settings, StreamMetrics metrics) {
        return build(network, model, settings, metrics, new Inquiries(), Handover.NONE);
    }

    /// @param inquiries questions that the tasks answer
    /// @param before    what is taken over from an earlier version
    static Topology build(
            SensorNetwork network,
            ModelSource model,
            StreamSettings settings,
            StreamMetrics metrics,
            Inquiries inquiries,
            Handover before) {
        Topics topics = Topics.of(network);
        StreamParts parts = new StreamParts(network, model, settings, metrics, inquiries, before);
        metrics.watch(parts.census());
        metrics.watch(parts.backfill());
        if (settings.state().scoring()) {
            metrics.watch(parts.board(), network);
        }
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                READINGS_SOURCE,
                new EventTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.readings());
        List<Branch> branches = branches(network, settings.state(), before.oldStores());
        List<String> consumers = branches.stream().map(Branch::node).toList();
        topology.addProcessor(INTAKE, () -> new Intake(parts, consumers), READINGS_SOURCE);
        branches.forEach(branch -> branch.addTo(topology, parts));
        addSink(topology, DEAD_LETTERS_SINK, topics.deadReadings(), INTAKE, FORECASTER);
        if (watchesDrift(network, settings.state())) {
            addDriftGroups(topology, topics, parts);
        }
        return topology;
    }

    /// Whether sensors are watched for drift: sources of sound are too short-lived.
    static boolean watchesDrift(SensorNetwork network, StatePolicy state) {
        return state.scoring() && network.sound().isEmpty();
    }

    /// A sub-topology of one task: it sees the sensors of all partitions.
    private static void addDriftGroups(Topology topology, Topics topics, StreamParts parts) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                DRIFT_REPORTS_SOURCE,
                new EventTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.driftReports());
        DriftMetrics metrics = new DriftMetrics(parts.metrics().meters);
        String network = parts.network().name();
        topology.addProcessor(DRIFT_GROUPS, () -> new DriftProcessor(network, metrics), DRIFT_REPORTS_SOURCE);
        topology.addStateStore(store(DRIFT_STORE), DRIFT_GROUPS);
        addSink(topology, DRIFT_SINK, topics.drift(), DRIFT_GROUPS);
    }

    /// The names of a network's stores, without those of older versions.
    static List<String> stores(SensorNetwork network, StatePolicy state) {
        return branches(network, state, Set.of()).stream()
                .flatMap(branch -> branch.stores().stream())
                .map(StoreBuilder::name)
                .toList();
    }

    /// The nodes that get the readings, in this order.
    private static List<Branch> branches(SensorNetwork network, StatePolicy state, Set<String> old) {
        Topics topics = Topics.of(network);
        Branch forecaster = new Branch(
                FORECASTER,
                forecastStores(network, state, old),
                forecastSinks(network, state),
                parts -> () -> new ForecastProcessor(parts));
        Optional<Branch> listener = network.sound()
                .map(audio -> new Branch(
                        KEYWORD_DETECTOR,
                        KEYWORD_STORES.stream()
                                .<StoreBuilder<?>>map(ForecastTopology::store)
                                .toList(),
                        Map.of(KEYWORDS_SINK, topics.keywords()),
                        parts -> listener(parts, audio)));
        return Stream.concat(Stream.of(forecaster), listener.stream()).toList();
    }

    private static ProcessorSupplier<byte[], AdmittedReading, byte[], byte[]> listener(
            StreamParts parts, AudioSpec audio) {
        KeywordMetrics metrics = new KeywordMetrics(parts.metrics().meters, audio.words());
        return () -> new KeywordProcessor(parts, audio, metrics);
    }

    private static List<StoreBuilder<?>> forecastStores(SensorNetwork network, StatePolicy state, Set<String> old) {
        List<StoreBuilder<?>> stores = new ArrayList<>();
        stores.add(SensorStores.sensors(
                SENSORS_STORE, network, state.place() == StatePolicy.Place.ROCKSDB, state.scoring()));
        if (state.scoring()) {
            stores.add(SensorStores.accuracy(ACCURACY_STORE, network));
        }
        OLD_STORES.stream().filter(old::contains).map(SensorStores::old).forEach(stores::add);
        return stores;
    }

    private static Map<String, String> forecastSinks(SensorNetwork network, StatePolicy state) {
        Topics topics = Topics.of(network);
        Map<String, String> sinks = new TreeMap<>(Map.of(FORECASTS_SINK, topics.forecasts()));
        if (state.scoring()) {
            sinks.put(ACCURACY_SINK, topics.accuracy());
        }
        if (watchesDrift(network, state)) {
            sinks.put(DRIFT_REPORTS_SINK, topics.driftReports());
        }
        return sinks;
    }

    /// Keys are bytes on all sinks: a dead letter keeps its key, which may not be text.
    private static void addSink(Topology topology, String name, String topic, String... processors) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), processors);
    }

    /// In memory, with a changelog. The cache merges the writes of a sensor between two commits into one.
    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }
}
