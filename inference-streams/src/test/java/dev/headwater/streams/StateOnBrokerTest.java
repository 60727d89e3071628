package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.state.Towns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an instance finds of the state of an earlier one.
class StateOnBrokerTest {

    private static final SensorNetwork TOWN = Towns.PROFILED;
    private static final Topics TOPICS = Topics.of(TOWN);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private EmbeddedBroker broker;
    private ClientConfig client;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        client = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(client, TOPICS.specs(1));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private StreamSettings settings(String folderName) {
        return StreamSettings.of(client, "app", folder.resolve(folderName), Guarantee.EXACTLY_ONCE)
                .with(Limits.ANY_TIME);
    }

    private static ServedModel model(SensorNetwork network) {
        return new ServedModel(new Persistence(network.window().horizon(), 60), null, SeasonalStates.of(network));
    }

    private void send(String sensor, long from, long to) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (long slot = from; slot < to; slot++) {
                byte[] value = ("{\"speed\": " + slot % 90 + "}").getBytes(StandardCharsets.UTF_8);
                producer.send(
                        new ProducerRecord<>(TOPICS.readings(), 0, TOWN.clock().startMillis(slot), sensor, value));
            }
        }
    }

    /// Waits for the forecasts of a number of slots.
    private List<Forecast> forecasts(SensorNetwork network, int count) {
        List<Forecast> found = new ArrayList<>();
        ForecastCodec codec = new ForecastCodec(network);
        try (TopicReader reader = TopicReader.open(client, TOPICS.forecasts())) {
            await().atMost(PATIENCE).until(() -> {
                reader.poll().forEach(record -> found.add(codec.decode(record.value())));
                return found.size() >= count;
            });
        }
        return found;
    }

    private void awaitForecast(String sensor, long slot) {
        ForecastCodec codec = new ForecastCodec(TOWN);
        try (TopicReader reader = TopicReader.open(client, TOPICS.forecasts())) {
            await().atMost(PATIENCE).until(() -> {
                boolean[] came = {false};
                reader.poll().forEach(record -> {
                    Forecast one = codec.decode(record.value());
                    came[0] |= one.sensor().equals(sensor)
                            && one.issuedAt() == TOWN.clock().startMillis(slot);
                });
                return came[0];
            });
        }
    }

    private double lost(String part) {
        return registry.get("headwater.state.unreadable")
                .tag("part", part)
                .counter()
                .count();
    }

    @Test
    void aStreamOfCommit69ad5fdGoesOnWithItsWindows() throws Exception {
        // Given the changelogs of that version, with two forecasts pending
        TopicAdmin.ensure(
                client,
                List.of(
                        new TopicSpec("app-windows-changelog", 1, Map.of("cleanup.policy", "compact")),
                        new TopicSpec("app-pasts-changelog", 1, Map.of("cleanup.policy", "compact"))));
        storeOld();
        long last = Towns.FIRST + 240;

        // When an instance of this version starts twice, and a reading comes each time
        for (int start = 1; start <= 2; start++) {
            try (StreamApp app = StreamApp.start(TOWN, 1, () -> model(TOWN), settings("new"), registry)) {
                assertThat(app.awaitRunning(PATIENCE)).isTrue();
                send("a#1", last + start, last + start + 1);

                // Then the pending forecasts are issued, and the reading has its own
                List<Forecast> found = forecasts(TOWN, 2 + start);
                assertThat(found)
                        .extracting(Forecast::issuedAt)
                        .containsExactlyElementsOf(LongStream.rangeClosed(last - 1, last + start)
                                .mapToObj(TOWN.clock()::startMillis)
                                .toList());
                assertThat(found.getLast().observed()).isEqualTo(3);
            }
        }
        assertThat(lost("window")).isZero();
    }

    private void storeOld() throws IOException {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (String store : List.of("windows", "pasts")) {
                Towns.stored(store)
                        .forEach((key, value) ->
                                producer.send(new ProducerRecord<>("app-" + store + "-changelog", 0, 0L, key, value)));
            }
        }
    }

    @Test
    void windowsOfOtherMeasuresAreRebuiltFromTheReadings() throws Exception {
        // Given the state of a stream with one measure
        try (StreamApp app = StreamApp.start(TOWN, 1, () -> model(TOWN), settings("one"), registry)) {
            assertThat(app.awaitRunning(PATIENCE)).isTrue();
            send("s", Towns.FIRST, Towns.FIRST + 60);
            forecasts(TOWN, 58);
        }

        // When it goes on with two
        SensorNetwork two = NetworkBuilder.like(TOWN)
                .measures(List.of(new Measure("speed", "mph", null), new Measure("flow", "", null)))
                .build();
        try (StreamApp app = StreamApp.start(two, 1, () -> model(two), settings("one"), registry)) {
            assertThat(app.awaitRunning(PATIENCE)).isTrue();
            send("s", Towns.FIRST + 60, Towns.FIRST + 61);

            // Then the next reading has its forecast, from a full window
            Forecast last = forecasts(two, 59).getLast();
            assertThat(last.issuedAt()).isEqualTo(TOWN.clock().startMillis(Towns.FIRST + 60));
            assertThat(last.observed()).isEqualTo(3);
        }
        assertThat(lost("window")).isEqualTo(1);
    }

    @Test
    void aRestartOnADiskRestoresNothingOverTheNetwork() {
        for (StatePolicy.Place place : StatePolicy.Place.values()) {
            // Given an instance that stopped in order
            StreamSettings settings =
                    settings(place.word()).with(new StatePolicy(place, 64 << 20, StatePolicy.DEFAULT_FORGET_AFTER));
            AtomicLong restored = new AtomicLong();
            try (KafkaStreams streams = start(settings, place, restored)) {
                send(place.word(), Towns.FIRST, Towns.FIRST + 10);
                awaitForecast(place.word(), Towns.FIRST + 9);
            }
            restored.set(0);

            // When it starts again
            try (KafkaStreams streams = start(settings, place, restored)) {
                send(place.word(), Towns.FIRST + 10, Towns.FIRST + 11);

                // Then it knows its sensor
                awaitForecast(place.word(), Towns.FIRST + 10);
                assertThat(restored.get() == 0).as(place.word()).isEqualTo(place == StatePolicy.Place.ROCKSDB);
            }
        }
    }

    /// @param restored counts the records of sensors; those of live accuracy are few and on no disk
    private KafkaStreams start(StreamSettings settings, StatePolicy.Place place, AtomicLong restored) {
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        config.put("application.id", "app-" + place.word());
        KafkaStreams streams = new KafkaStreams(
                ForecastTopology.build(TOWN, () -> model(TOWN), settings, new StreamMetrics(registry, TOWN.name())),
                config);
        streams.setGlobalStateRestoreListener(new StateRestoreListener() {
            @Override
            public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {}

            @Override
            public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {}

            @Override
            public void onRestoreEnd(TopicPartition changelog, String store, long total) {
                restored.addAndGet(store.equals(ForecastTopology.SENSORS_STORE) ? total : 0);
            }
        });
        streams.start();
        await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return streams;
    }
}
