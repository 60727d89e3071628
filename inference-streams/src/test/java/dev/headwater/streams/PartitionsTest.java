package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Existing topics with other numbers of partitions.
class PartitionsTest {

    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final ServedModel MODEL = new ServedModel(new Persistence(2, 60), null, SeasonalStates.of(NETWORK));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private StreamSettings settings(ClientConfig client) {
        return StreamSettings.of(client, "app", folder.resolve("streams"), Guarantee.AT_LEAST_ONCE);
    }

    @Test
    void theStreamTakesTopicsAsTheyAre() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given a readings topic of three partitions
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, List.of(new TopicSpec(TOPICS.readings(), 3, Map.of())));

            // When a stream starts that would make two, and readings come in each partition
            try (StreamApp app = StreamApp.start(NETWORK, 2, () -> MODEL, settings(client), registry)) {
                assertThat(app.awaitRunning(PATIENCE)).isTrue();
                send(client, 3);

                // Then each has its forecast
                await().atMost(PATIENCE)
                        .until(() ->
                                registry.get("headwater.forecasts").counter().count() == 3);
            }

            // And the missing topics were created as requested
            assertThat(TopicAdmin.partitions(client, List.of(TOPICS.readings(), TOPICS.forecasts())))
                    .isEqualTo(Map.of(TOPICS.readings(), 3, TOPICS.forecasts(), 2));
        }
    }

    private static void send(ClientConfig client, int partitions) {
        byte[] value = "{\"speed\": 50}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                for (long slot = 0; slot < NETWORK.window().lookback(); slot++) {
                    producer.send(new ProducerRecord<>(
                            TOPICS.readings(), partition, StreamFixture.time(slot), "s" + partition, value));
                }
            }
        }
    }

    @Test
    void stateThatWasKeptForAnotherNumberOfPartitionsIsTold() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(
                    client,
                    List.of(
                            new TopicSpec(TOPICS.readings(), 4, Map.of()),
                            new TopicSpec("app-windows-changelog", 2, Map.of())));

            // When / Then
            StreamSettings settings = settings(client);
            assertThatThrownBy(() -> StreamApp.start(NETWORK, 4, () -> MODEL, settings, new SimpleMeterRegistry()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("topic app-windows-changelog: must have as many partitions as "
                            + "traffic.test-town.readings.v1, 4, found 2: ");
        }
    }
}
