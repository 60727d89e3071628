package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// Models are published while readings flow, on a real broker.
class ModelFollowerTest extends FollowerFixture {

    private static final List<String> SENSORS = List.of("a", "b", "c", "d", "e");
    private static final long FIRST_SLOT = 10_000;
    private static final Duration PER_SLOT = Duration.ofMillis(5);

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
