package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models are published while readings flow, on a real broker.
class ModelFollowerTest {

    private static final List<String> SENSORS = List.of("a", "b", "c", "d", "e");
    private static final int PARTITIONS = 2;
    private static final long FIRST_SLOT = 10_000;
    private static final Duration PER_SLOT = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Topics TOPICS = Topics.of(NETWORK);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Forecast> forecasts = new ArrayList<>();

    @Test
    void aRunningStreamTakesNewModelsRefusesDamagedOnesAndGoesBack() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            ServedModel first = ServedModel.of(Artefacts.model(NETWORK, 1, 2), NETWORK);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Long> sending;
            try (KafkaConsumer<String, byte[]> reader = reader(client);
                    ModelFollower models = follower(client, first);
                    StreamApp app = StreamApp.start(NETWORK, PARTITIONS, models, settings(client), registry)) {
                sending = CompletableFuture.supplyAsync(() -> send(client, enough));

                // When
                awaitForecastsOf(reader, "seq2seq-gru@1");
                publish(client, 2);
                awaitForecastsOf(reader, "seq2seq-gru@2");
                putRaw(client, Artefacts.damaged(Artefacts.of(NETWORK, 3, 2)));
                await().atMost(PATIENCE).until(() -> refused() == 1);
                int atRefusal = forecasts.size();
                awaitForecastsOf(reader, "seq2seq-gru@2");
                publish(client, 1);
                awaitForecastsOf(reader, "seq2seq-gru@1");

                // Then
                assertThat(forecasts.subList(0, atRefusal))
                        .extracting(Forecast::model)
                        .containsOnly("seq2seq-gru@1", "seq2seq-gru@2");
                enough.set(true);
                awaitAll(reader, sending.join());
                assertThat(app.isAlive()).isTrue();
            }
        }
        assertNoneMissingOrDoubled();
    }

    @Test
    void aNewInstanceStartsFromTheTopicAloneAndServesWhatCameBefore() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            long slots = sendSome(client, 50);
            try (ModelFollower models = follower(client, null)) {
                boolean early = models.hasModel();

                // When
                publish(client, 1);
                publish(client, 2);
                putRaw(client, Artefacts.damaged(Artefacts.of(NETWORK, 3, 2)));
                await().atMost(PATIENCE).until(() -> refused() == 1);
                try (ModelFollower second = follower(client, null);
                        StreamApp app = StreamApp.start(NETWORK, PARTITIONS, second, settings(client), registry);
                        KafkaConsumer<String, byte[]> reader = reader(client)) {
                    awaitAll(reader, slots);
                    assertThat(app.isAlive()).isTrue();
                }

                // Then
                assertThat(early).isFalse();
                assertThat(models.get().id()).isEqualTo("seq2seq-gru@2");
                assertThat(forecasts).extracting(Forecast::model).containsOnly("seq2seq-gru@2");
            }
        }
        assertNoneMissingOrDoubled();
    }

    @Test
    void theModelOnTheTopicWinsOverTheOneToStartWith() throws Exception {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            ServedModel local = ServedModel.of(Artefacts.model(NETWORK, 9, 2), NETWORK);
            String before;
            try (ModelFollower nothingThere = follower(client, local)) {
                before = nothingThere.get().id();
            }
            publish(client, 2);

            // When
            try (ModelFollower models = follower(client, local)) {
                // Then
                assertThat(before).isEqualTo("seq2seq-gru@9");
                assertThat(models.get().id()).isEqualTo("seq2seq-gru@2");
            }
        }
    }

    @Test
    void theFollowerOutlivesABrokerOutageAndTakesALargeModel() throws Exception {
        // Given
        Path data = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
        ClientConfig client = ready(broker);
        publish(client, 1);
        try (ModelFollower models = follower(client, null)) {
            int port = broker.port();

            // When
            broker.close();
            String during = models.get().id();
            byte[] large = Artefacts.large(NETWORK, 2);
            try (EmbeddedBroker again = EmbeddedBroker.start(data, port)) {
                assertThat(again.port()).isEqualTo(port);
                ModelTopic.publish(client, Artefact.of(large, "large"), sent -> {});
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));
            }

            // Then
            assertThat(during).isEqualTo("seq2seq-gru@1");
            assertThat(large.length).isGreaterThan(1 << 20); // more than Kafka's default limit of a record
        } finally {
            broker.close();
        }
    }

    @Test
    void aModelOfManySensorsComesInPartsAndIsReadWhereItLies() throws Exception {
        // Given
        SensorNetwork many = NetworkBuilder.like(NETWORK)
                .features(new FeatureSpec(null, null, null, null, Profile.MOVING, true, null))
                .build();
        ForecastModel model = Artefacts.model(many, 2, 4_000);
        Artefact artefact = Artefact.of(ModelFile.write(model), "many");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            ModelTopic.publish(client, Artefact.of(Artefacts.of(many, 1, 2), "few"), sent -> {});
            try (ModelFollower models = follower(client, many, null)) {
                String before = models.get().id();

                // When
                ModelTopic.publish(client, artefact, sent -> {});
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));
                putRaw(client, "headwater-parts/1 of nothing".getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE).until(() -> refused() == 1);

                // Then
                SeasonalStates states = models.get().seasonalStates();
                assertThat(before).isEqualTo("seq2seq-gru@1");
                assertThat(artefact.size()).isGreaterThan(Topics.MAX_RECORD_BYTES);
                for (String sensor : List.of("old-0", "old-1234", "old-3999")) {
                    assertThat(states.newest(sensor))
                            .isEqualTo(model.seasonalStates().newest(sensor));
                }
                assertThat(states.newest("new")).isEqualTo(states.unknown());
                assertThat(states.newest("old-0")).isNotEqualTo(states.unknown());
            }
            try (ModelFollower restarted = follower(client, many, null);
                    Stream<Path> files = Files.list(folder.resolve("streams/models/test-town"))) {
                assertThat(restarted.get().id()).isEqualTo("seq2seq-gru@2");
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void aRecordThatUnpacksToHundredsOfMegabytesIsRefusedAndTheNextOneIsTaken() throws Exception {
        // Given a record of less than a megabyte
        byte[] bomb = Artefacts.bomb(400);
        assertThat(bomb.length).isLessThan(1 << 20);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            publish(client, 1);
            try (ModelFollower models = follower(client, null)) {
                // When
                putRaw(client, bomb);
                await().atMost(PATIENCE).until(() -> refused() == 1);
                String during = models.get().id();
                publish(client, 2);
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));

                // Then
                assertThat(during).isEqualTo("seq2seq-gru@1");
                assertThat(models.isFollowing()).isTrue();
                assertThat(following()).isEqualTo(1);
            }
        }
        assertThat(following()).as("a follower that was closed follows no more").isZero();
    }

    @Test
    void anErrorOfTheJvmIsShownAndOutlived() throws Exception {
        // Given meters that throw an error for one model, as a full heap would
        AtomicBoolean full = new AtomicBoolean(true);
        registry.config().meterFilter(MeterFilter.deny(id -> {
            if (full.get() && "seq2seq-gru@2".equals(id.getTag("model"))) {
                throw new OutOfMemoryError("test");
            }
            return false;
        }));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            publish(client, 1);
            try (ModelFollower models = follower(client, null)) {
                // When
                publish(client, 2);
                await().atMost(PATIENCE).until(() -> !models.isFollowing());

                // Then
                assertThat(following()).isZero();
                assertThat(registry.get("headwater.models.follow.failures")
                                .counter()
                                .count())
                        .isGreaterThanOrEqualTo(3);

                // When
                full.set(false);
                await().atMost(PATIENCE).until(models::isFollowing);

                // Then
                assertThat(models.get().id()).isEqualTo("seq2seq-gru@2");
                assertThat(following()).isEqualTo(1);
            }
        }
    }

    private double following() {
        return registry.get("headwater.models.following").gauge().value();
    }

    private static ClientConfig ready(EmbeddedBroker broker) {
        ClientConfig client = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(client, TOPICS.specs(PARTITIONS));
        return client;
    }

    private StreamSettings settings(ClientConfig client) {
        return StreamSettings.of(client, "hot-swap", folder.resolve("streams"), Guarantee.EXACTLY_ONCE);
    }

    private ModelFollower follower(ClientConfig client, @Nullable ServedModel starting) {
        return follower(client, NETWORK, starting);
    }

    private ModelFollower follower(ClientConfig client, SensorNetwork network, @Nullable ServedModel starting) {
        ModelFollower models = ModelFollower.start(settings(client), network, starting, registry);
        await().atMost(PATIENCE).until(models::isCaughtUp);
        return models;
    }

    private static void publish(ClientConfig client, int version) {
        Artefact artefact = Artefact.of(Artefacts.of(NETWORK, version, 2), "version " + version);
        ModelTopic.publish(client, artefact, sent -> {});
    }

    /// Bypasses the publisher's checks, as any client could.
    private static void putRaw(ClientConfig client, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("foreign", new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.MODELS, NETWORK.name(), value))
                    .get();
        }
    }

    private double refused() {
        return registry.get("headwater.models.refused").counter().count();
    }

    /// Sends readings slot by slot until the condition holds; returns the number of slots.
    private static long send(ClientConfig client, AtomicBoolean enough) {
        long slots = 0;
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            while (!enough.get()) {
                sendSlot(producer, slots++);
                LockSupport.parkNanos(PER_SLOT.toNanos());
            }
        }
        return slots;
    }

    private static long sendSome(ClientConfig client, long slots) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (long slot = 0; slot < slots; slot++) {
                sendSlot(producer, slot);
            }
        }
        return slots;
    }

    private static void sendSlot(KafkaProducer<String, byte[]> producer, long slot) {
        ReadingCodec codec = new ReadingCodec(NETWORK);
        long time = StreamFixture.time(FIRST_SLOT + slot);
        for (String sensor : SENSORS) {
            byte[] value = codec.encode(new float[] {50 + slot % 10}, ValueFormat.JSON);
            producer.send(new ProducerRecord<>(TOPICS.readings(), null, time, sensor, value));
        }
    }

    private static KafkaConsumer<String, byte[]> reader(ClientConfig client) {
        KafkaConsumer<String, byte[]> reader = client.openConsumer("reader", "", new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int p = 0; p < PARTITIONS; p++) {
            partitions.add(new TopicPartition(TOPICS.forecasts(), p));
        }
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        return reader;
    }

    private int readOn(KafkaConsumer<String, byte[]> reader) {
        int before = forecasts.size();
        ForecastCodec codec = new ForecastCodec(NETWORK);
        reader.poll(Duration.ofMillis(50)).forEach(record -> forecasts.add(codec.decode(record.value())));
        return before;
    }

    /// Waits for the next forecasts by a model, several of each sensor.
    private void awaitForecastsOf(KafkaConsumer<String, byte[]> reader, String model) {
        int from = forecasts.size();
        await().atMost(PATIENCE).until(() -> {
            readOn(reader);
            return forecasts.subList(from, forecasts.size()).stream()
                            .filter(forecast -> model.equals(forecast.model()))
                            .count()
                    >= 4L * SENSORS.size();
        });
    }

    private void awaitAll(KafkaConsumer<String, byte[]> reader, long slots) {
        long expected = SENSORS.size() * (slots - NETWORK.window().lookback() + 1);
        await().atMost(PATIENCE).until(() -> {
            int before = readOn(reader);
            return forecasts.size() >= expected && before == forecasts.size();
        });
        assertThat(forecasts).hasSize((int) expected);
    }

    private void assertNoneMissingOrDoubled() {
        long perSensor = forecasts.size() / SENSORS.size();
        for (String sensor : SENSORS) {
            List<Long> slots = forecasts.stream()
                    .filter(forecast -> forecast.sensor().equals(sensor))
                    .map(forecast -> NETWORK.clock().slotOf(forecast.issuedAt()))
                    .toList();
            long first = FIRST_SLOT + NETWORK.window().lookback() - 1;
            assertThat(slots)
                    .containsExactlyElementsOf(
                            LongStream.range(first, first + perSensor).boxed().toList());
        }
    }
}
