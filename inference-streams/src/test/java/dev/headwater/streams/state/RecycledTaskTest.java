package dev.headwater.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.ForecastTopology;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.StreamMetrics;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task moves from an instance to its standby and back, and has the same bytes everywhere.
class RecycledTaskTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final ServedModel MODEL =
            new ServedModel(new Persistence(NETWORK.window().horizon(), 60), null, SeasonalStates.of(NETWORK));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int SENSORS = 12;
    private static final long FIRST = 4_950_000;

    @TempDir
    private Path folder;

    /// Gives the list of the stores themselves, of active tasks and standbys.
    private static final class AllStores implements QueryableStoreType<Object> {

        @Override
        public boolean accepts(StateStore store) {
            return store instanceof SensorStore;
        }

        @Override
        public Object create(StateStoreProvider provider, String name) {
            return provider.stores(name, this);
        }
    }

    @Test
    void hasTheSameBytesAsActiveTaskAndAsStandbyAndBack() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, TOPICS.specs(PARTITIONS));

            // Given an instance with all tasks
            try (KafkaStreams first = start(client, "first")) {
                send(client, 0, 40);
                awaitSame(first, first, 40);

                // When another one takes half of them, and each is standby for the other
                try (KafkaStreams second = start(client, "second")) {
                    send(client, 40, 330);

                    // Then both know all sensors, and the same of each
                    awaitSame(first, second, 330);
                }

                // When the first one takes them back
                send(client, 330, 400);

                // Then it goes on from there
                awaitSame(first, first, 400);
            }
        }
    }

    /// A look at a standby on disk would load its states, so only the end is compared.
    @Test
    void aTaskThatMovedOnDiskEndsWithTheBytesOfOneInMemory() {
        Map<String, String> inMemory = moved(StatePolicy.Place.MEMORY);
        assertThat(inMemory).hasSize(SENSORS);
        assertThat(moved(StatePolicy.Place.ROCKSDB)).isEqualTo(inMemory);
    }

    private Map<String, String> moved(StatePolicy.Place place) {
        Path here = folder.resolve(place.word());
        try (EmbeddedBroker broker = EmbeddedBroker.start(here.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, TOPICS.specs(PARTITIONS));
            try (KafkaStreams first = start(client, here.resolve("first"), place);
                    TopicReader forecasts = TopicReader.open(client, TOPICS.forecasts())) {
                send(client, 0, 40);
                awaitForecasts(forecasts, 40);
                try (KafkaStreams second = start(client, here.resolve("second"), place)) {
                    send(client, 40, 330);
                    awaitForecasts(forecasts, 330 - 40 + 11);
                }
                send(client, 330, 400);
                awaitForecasts(forecasts, 400 - 330 + 11);
                return states(first);
            }
        }
    }

    /// Waits for the next forecasts of all sensors.
    ///
    /// @param slots number of slots, with the eleven that fill a window
    private static void awaitForecasts(TopicReader reader, int slots) {
        int[] left = {SENSORS * (slots - 11)};
        await().atMost(PATIENCE).until(() -> {
            reader.poll().forEach(record -> left[0]--);
            return left[0] <= 0;
        });
    }

    private KafkaStreams start(ClientConfig client, String name) {
        return start(client, folder.resolve(name), StatePolicy.Place.MEMORY);
    }

    private static KafkaStreams start(ClientConfig client, Path stateDir, StatePolicy.Place place) {
        StreamSettings settings = StreamSettings.of(client, "app", stateDir, Guarantee.EXACTLY_ONCE)
                .with(new StatePolicy(place, 64 << 20, StatePolicy.DEFAULT_FORGET_AFTER));
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        KafkaStreams streams = new KafkaStreams(
                ForecastTopology.build(
                        NETWORK, () -> MODEL, settings, new StreamMetrics(new SimpleMeterRegistry(), "pems-bay")),
                config);
        streams.start();
        await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return streams;
    }

    /// Other threads work on the states meanwhile, so a look may fail; the last one is at rest. Waits until
    /// the stores of both instances, as active tasks or standbys, have all sensors up to a slot with the same
    /// bytes.
    private static void awaitSame(KafkaStreams one, KafkaStreams other, int slots) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> summary(states(one)).equals(expected(slots)));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> states(one).equals(states(other)));
    }

    private static Map<String, Long> expected(int slots) {
        return IntStream.range(0, SENSORS).boxed().collect(Collectors.toMap(s -> "s" + s, s -> FIRST + slots - 1));
    }

    /// The newest slot of each sensor.
    private static Map<String, Long> summary(Map<String, String> states) {
        return states.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> Long.valueOf(one.getValue().split(" ")[0])));
    }

    private static Map<String, String> states(KafkaStreams streams) {
        Map<String, String> states = new TreeMap<>();
        List<?> stores = (List<?>) streams.store(
                StoreQueryParameters.fromNameAndType("sensors", new AllStores()).enableStaleStores());
        stores.forEach(store -> states.putAll(Towns.dump(((SensorStore) store).sensors())));
        return states;
    }

    /// Speeds over the slots `[from, to)`: more than a day, so that profiles change.
    private static void send(ClientConfig client, int from, int to) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (long slot = FIRST + from; slot < FIRST + to; slot++) {
                for (int s = 0; s < SENSORS; s++) {
                    byte[] value = ("{\"speed\": " + (30 + (slot * 7 + s) % 40) + "}").getBytes(StandardCharsets.UTF_8);
                    long time = NETWORK.clock().startMillis(slot);
                    producer.send(new ProducerRecord<>(TOPICS.readings(), s % PARTITIONS, time, "s" + s, value));
                }
            }
        }
    }
}
