package dev.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SupportBundleCommandTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final long TIME = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();
    private static final List<String> SECRETS = List.of("hunter2", "swordfish", "open-sesame", "opensaysme");
    private static final float READING = 57.671875f; // exact in binary, and nowhere else

    @TempDir
    private Path folder;

    private CommandRun run(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Headwater.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        command.setDefaultValueProvider(Settings.read(args, environment, command));
        return new CommandRun(command.execute(args), out.toString(), err.toString());
    }

    private static Map<String, String> unpacked(Path zip) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        return files;
    }

    private static JsonNode json(Map<String, String> files, String name) {
        return JsonMapper.shared().readTree(files.get(name));
    }

    private Path settingsFile(String servers) throws IOException {
        return Files.writeString(folder.resolve("serve.yaml"), """
                network: pems-bay
                bootstrap: %s
                kafka:
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: PlainLoginModule required username="streams" password="hunter2";
                  ssl.keystore.password: swordfish
                """.formatted(servers));
    }

    private Path logFile() throws IOException {
        return Files.writeString(folder.resolve("serve.log"), """
                12:00:00.000 INFO  StreamService: login with hunter2 and open-sesame failed
                12:00:01.000 WARN  Login: ssl.key.password=opensaysme, retries=3
                12:00:02.000 WARN  Intake: left out {"speed": 57.671875}
                12:00:03.000 WARN  Intake: speed: must be from 0.0 to 200.0, found 57.671875
                12:00:04.000 INFO  StreamService: 325 sensors have a full window
                """);
    }

    /// A model that was trained on such readings, in a registry and on the topic.
    private Path model(ClientConfig client) {
        Series.Builder builder = new Series.Builder(NETWORK);
        long first = TIME / NETWORK.interval().toMillis();
        for (int slot = 0; slot < 40; slot++) {
            builder.add("400001", first + slot, new float[] {slot % 2 == 0 ? READING : 40});
        }
        Path registry = folder.resolve("models");
        ModelRegistry.Published published = new ModelRegistry(registry).publish(UntrainedModel.of(builder.build()));
        ModelTopic.publish(client, ModelRegistry.artefact(published.file()), sent -> {});
        return registry;
    }

    private static void put(ClientConfig client) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            byte[] reading = ("{\"speed\": " + READING + "}").getBytes(UTF_8);
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(TOPICS.readings(), 1, TIME, "400001", reading));
            }
        }
        try (KafkaConsumer<String, byte[]> consumer =
                client.openConsumer("test", "headwater-pems-bay", new ByteArrayDeserializer())) {
            consumer.commitSync(Map.of(new TopicPartition(TOPICS.readings(), 1), new OffsetAndMetadata(1)));
        }
    }

    @Test
    void holdsWhatABugReportNeedsAndNoSecretAndNoReading() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given secrets in a file, the environment and a flag, and readings on the bus, in a model and in a log
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, TOPICS.specs());
            put(client);
            Path registry = model(client);
            Path zip = folder.resolve("bundle.zip");

            // When
            CommandRun run = run(
                    Map.of("HEADWATER_KAFKA_SSL_TRUSTSTORE_PASSWORD", "open-sesame"),
                    "support-bundle",
                    "--config=" + settingsFile(broker.bootstrapServers()),
                    "--registry=" + registry,
                    "--log=" + logFile(),
                    "--out=" + zip,
                    "--kafka=ssl.key.password=opensaysme",
                    "--json");

            // Then
            assertThat(run.exitCode()).as(run.err()).isZero();
            Map<String, String> files = unpacked(zip);
            assertThat(files)
                    .containsOnlyKeys(
                            "contents.json",
                            "doctor.json",
                            "groups.json",
                            "log.txt",
                            "models-on-topic.json",
                            "models.json",
                            "settings.json",
                            "topics.json",
                            "versions.json");
            files.forEach((name, text) -> assertThat(text)
                    .as(name)
                    .doesNotContain(SECRETS)
                    .doesNotContain(Float.toString(READING))
                    .doesNotContain("weights\":"));
            assertThat(run.out()).doesNotContain(SECRETS);
            assertThat(json(files, "contents.json").get("leftOut")).isEmpty();
            assertThat(json(files, "versions.json").get("cluster").asString()).matches("\\d+\\.\\d+-IV\\d+");
            assertThat(json(files, "settings.json")
                            .at("/kafka/ssl.keystore.password")
                            .asString())
                    .isEqualTo("*****");
            assertThat(json(files, "doctor.json").get("findings")).hasSize(6);
            assertThat(json(files, "topics.json").get("found").valueStream())
                    .filteredOn(topic -> topic.get("name").asString().equals(TOPICS.readings()))
                    .singleElement()
                    .satisfies(topic -> {
                        assertThat(topic.at("/partitions/1/next").asInt()).isEqualTo(3);
                        assertThat(topic.at("/settings/retention.ms").asString())
                                .isEqualTo("-1");
                    });
            assertThat(json(files, "groups.json")
                            .at("/0/lags/" + TOPICS.readings() + "-1")
                            .asInt())
                    .isEqualTo(2);
            assertThat(json(files, "models-on-topic.json")
                            .at("/champion/provenance/source")
                            .asString())
                    .isEqualTo("test");
            assertThat(json(files, "models.json").get("manifests")).hasSize(1);
            assertThat(files.get("log.txt").lines())
                    .hasSize(5)
                    .contains(
                            "12:00:01.000 WARN  Login: ssl.key.password=*****, retries=3",
                            "12:00:04.000 INFO  StreamService: 325 sensors have a full window");
        }
    }

    @Test
    void withoutABrokerItSaysWhatIsLeftOut() throws IOException {
        // Given
        Path zip = folder.resolve("bundle.zip");
        Path missing = folder.resolve("missing.log");

        // When
        CommandRun run = run(
                Map.of(),
                "support-bundle",
                "--config=" + settingsFile("localhost:1"),
                "--registry=" + folder,
                "--log=" + missing,
                "--out=" + zip);

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, String> files = unpacked(zip);
        assertThat(files).containsKeys("doctor.json", "settings.json", "versions.json", "models.json");
        assertThat(json(files, "contents.json").get("leftOut").valueStream())
                .extracting(left ->
                        left.get("file").asString() + ": " + left.get("why").asString())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("topics.json: Kafka: nothing listens at localhost:1"),
                        second -> assertThat(second).startsWith("groups.json: Kafka: nothing listens at localhost:1"),
                        third -> assertThat(third).startsWith("models-on-topic.json: Kafka: nothing"),
                        fourth -> assertThat(fourth).startsWith("log.txt: log " + missing));
        assertThat(run.out()).contains("left out: topics.json: Kafka: nothing listens", zip.toString());
    }

    @Test
    void aLongLogIsCutAtTheBeginOfALine() throws IOException {
        // Given a log whose last MiB begins within a line that names a secret
        Path zip = folder.resolve("bundle.zip");
        String rest = "\n" + "x".repeat(SupportBundle.LOG_BYTES - 20) + "\nend\n";
        Path log = Files.writeString(folder.resolve("long.log"), "older\npassword=hunter2 hunter2" + rest);

        // When
        run(Map.of(), "support-bundle", "--network=jena", "--bootstrap=localhost:1", "--log=" + log, "--out=" + zip);

        // Then
        assertThat(unpacked(zip).get("log.txt")).startsWith("xxx").endsWith("x\nend\n");
    }

    @Test
    void overwritesNothing() throws IOException {
        // Given
        Path zip = Files.writeString(folder.resolve("bundle.zip"), "mine");

        // When
        CommandRun run = run(Map.of(), "support-bundle", "--network=jena", "--bootstrap=localhost:1", "--out=" + zip);

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("support bundle " + zip + ": must be a new file, found one");
        assertThat(zip).hasContent("mine");
    }
}
