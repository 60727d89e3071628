package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How `serve` ends when it cannot go on.
class ServeFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private Path models;

    @BeforeEach
    void publish() {
        models = folder.resolve("models");
        new ModelRegistry(models).publish(UntrainedModel.of(new CitySimulator(network, 2, 7).history(5_000_000, 400)));
    }

    /// A forecasts topic that takes no forecast makes every thread fail.
    @Test
    void aFaultThatComesAgainAndAgainEndsItWithCodeOne() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            Topics topics = Topics.of(network);
            TopicAdmin.ensure(
                    client,
                    List.of(new TopicSpec(
                            topics.forecasts(), Topics.DEFAULT_PARTITIONS, Map.of("max.message.bytes", "10"))));
            TopicAdmin.ensure(client, topics.specs());
            try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
                for (long slot = 5_000_000; slot < 5_000_012; slot++) {
                    byte[] value = "{\"speed\": 50}".getBytes(StandardCharsets.UTF_8);
                    long time = network.clock().startMillis(slot);
                    producer.send(new ProducerRecord<>(topics.readings(), 0, time, "sensor", value));
                }
            }

            // When
            // Each new thread waits until the session of the previous one has expired.
            try (ServeProcess serve =
                    serve(Map.of(), "--bootstrap", client.bootstrapServers(), "--session-timeout", "1s")) {
                int code = serve.exitCode(PATIENCE);

                // Then
                assertThat(code).as(serve.output()).isEqualTo(1);
                assertThat(serve.output())
                        .contains("6 threads failed within 10 minutes: stopping")
                        .contains("headwater: ")
                        .contains("RecordTooLarge");
            }
        }
    }

    @Test
    void saysThatKafkaIsGoneAndThatItIsBack() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(folder.resolve("broker"), 0);
        List<String> arguments = List.of("--network", network.name(), "--bootstrap", first.bootstrapServers());
        try (first;
                ServeInstance serve = new ServeInstance("serve", folder, arguments)) {
            // Given a running instance
            serve.start();
            // When its broker ends / Then it is not ready, but alive
            first.close();
            await().atMost(PATIENCE).until(() -> !serve.isReady());
            assertThat(serve.exitCode(Duration.ZERO)).as(serve.output()).isEqualTo(-1);
            await().atMost(PATIENCE)
                    .until(() ->
                            serve.output().contains("Kafka at " + first.bootstrapServers() + " has not answered for "));
            // When the broker is back / Then it becomes ready by itself
            try (EmbeddedBroker second = EmbeddedBroker.start(folder.resolve("broker"), first.port())) {
                await().atMost(PATIENCE).until(serve::isReady);
                await().atMost(PATIENCE)
                        .until(() -> serve.output()
                                .contains("Kafka at " + second.bootstrapServers() + " answers again, after "));
            }
        }
    }

    /// The broker gives the id to the instance that joined last.
    @Test
    void theOlderOfTwoWithOneInstanceIdEndsWithOneLine() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given a running instance
            List<String> shared = List.of(
                    "--network", network.name(), "--bootstrap", broker.bootstrapServers(), "--instance-id", "one");
            try (ServeInstance older = new ServeInstance("older", folder, shared);
                    ServeInstance newer = new ServeInstance("newer", folder, shared)) {
                older.start();

                // When
                newer.start();
                int code = older.exitCode(PATIENCE);

                // Then
                assertThat(code).as(older.output()).isEqualTo(1);
                assertThat(older.output().lines().filter(line -> !line.startsWith("WARNING: ")))
                        .noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat "))
                        .last()
                        .isEqualTo("headwater: instance id one: another instance has started with it, so this one"
                                + " ends; give each instance its own");
                assertThat(newer.isReady()).as(newer.output()).isTrue();
                assertThat(newer.output()).doesNotContain("ERROR", "\tat ");
                assertThat(folder.resolve("older/streams"))
                        .as("windows are in memory, so no full disk can harm")
                        .isEmptyDirectory();
            }
        }
    }

    @Test
    void refusesADataFolderThatCannotBeWritten() throws Exception {
        // Given a file in its place
        Path file = Files.createFile(folder.resolve("file"));
        // When
        CommandRun run = CommandRun.of(
                "serve", "--network", network.name(), "--bootstrap", "localhost:1", "--data-dir", file.toString());
        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("headwater: data folder " + file.resolve("streams") + " cannot be written: ")
                .hasLineCount(1);
    }

    @Test
    void saysWhichModelItStartsWithAndWhy() throws Exception {
        // Given two models and no broker
        new ModelRegistry(models).publish(UntrainedModel.of(new CitySimulator(network, 2, 8).history(5_000_000, 400)));
        Map<String, String> impatient =
                Map.of("HEADWATER_KAFKA_DEFAULT_API_TIMEOUT_MS", "1500", "HEADWATER_KAFKA_REQUEST_TIMEOUT_MS", "1000");
        String[] nowhere = {"--bootstrap", "localhost:1"};
        // When there is no champion, then it takes the newest
        try (ServeProcess serve = serve(impatient, nowhere)) {
            assertThat(serve.exitCode(PATIENCE)).as(serve.output()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("network simulated-city: starts with seq2seq-gru@2 of models/simulated-city/latest,"
                            + " the newest, for there is no champion");
        }
        // When the older one is made champion, then it takes that
        ModelRegistry.makeChampion(models.resolve("simulated-city/1"));
        try (ServeProcess serve = serve(impatient, nowhere)) {
            assertThat(serve.exitCode(PATIENCE)).as(serve.output()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("network simulated-city: starts with seq2seq-gru@1 of models/simulated-city/champion,"
                            + " the champion");
        }
        // When the champion cannot be read, then it says so and takes the newest
        java.nio.file.Files.writeString(models.resolve("simulated-city/1/model.zip"), "damaged");
        try (ServeProcess serve = serve(impatient, nowhere)) {
            assertThat(serve.exitCode(PATIENCE)).as(serve.output()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("network simulated-city: the champion, is passed over: ")
                    .contains("network simulated-city: starts with seq2seq-gru@2 of models/simulated-city/latest,"
                            + " the newest\n");
        }
    }

    @Test
    void noSecretIsLoggedEvenAtDebug() throws Exception {
        // Given
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                + " password=\"hunter2\";";
        Path file = Files.writeString(
                folder.resolve("serve.properties"),
                "kafka.sasl.jaas.config=" + jaas.replace("\"", "\\\"") + "\nkafka.default.api.timeout.ms=1500\n"
                        + "kafka.request.timeout.ms=1000\n");

        // When
        try (ServeProcess serve = serve(
                Map.of("HEADWATER_LOG", "DEBUG", "HEADWATER_KAFKA_SSL_KEYSTORE_PASSWORD", "hunter3"),
                "--config",
                file.toString(),
                "--bootstrap",
                "localhost:1",
                "--kafka",
                "ssl.key.password=hunter4")) {
            int code = serve.exitCode(PATIENCE);

            // Then
            assertThat(code).as(serve.output()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("sasl.jaas.config = [hidden]")
                    .contains("ssl.keystore.password = [hidden]")
                    .contains("ssl.key.password = [hidden]")
                    .contains("no Kafka broker answers at localhost:1")
                    .doesNotContain("hunter");
        }
    }

    /// Starts `serve` with the registry in its default place.
    private ServeProcess serve(Map<String, String> environment, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--network",
                network.name(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--metrics-port",
                "0"));
        arguments.addAll(List.of(more));
        return ServeProcess.start(folder.resolve("serve.log"), environment, arguments.toArray(String[]::new));
    }
}
