package dev.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForecastsCommandTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final String TOPIC = Topics.of(NETWORK).forecasts();
    private static final long TIME = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();
    private static final long SLOT = NETWORK.interval().toMillis();

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private ClientConfig client;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        client = ClientConfig.of(broker.bootstrapServers());
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    /// In JSON at even slots, in binary at odd ones.
    private static byte[] encoded(String sensor, int slot, float first) {
        float[] values = new float[12];
        for (int step = 0; step < values.length; step++) {
            values[step] = first + step;
        }
        Forecast forecast =
                new Forecast(sensor, TIME + slot * SLOT, values, List.of(), 11, 12, "seq2seq-gru@7", "", false);
        return new ForecastCodec(NETWORK).encode(forecast, slot % 2 == 0 ? ValueFormat.JSON : ValueFormat.BINARY);
    }

    private void put(byte[]... values) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(TOPIC, null, TIME, "key", value));
            }
        }
    }

    /// Sends a record in an aborted transaction, like a stream that dies before it commits.
    private void putAborted(byte[] value) {
        ClientConfig transactional = new ClientConfig(
                client.bootstrapServers(), Map.of("producer." + ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test"));
        try (KafkaProducer<String, byte[]> producer = transactional.openProducer("test", new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, null, TIME, "key", value));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("forecasts", "--network", "pems-bay", "--bootstrap"));
        all.add(client.bootstrapServers());
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CommandRun run(String... more) {
        return CommandRun.of(arguments(more));
    }

    @Test
    void showsTheNewestCommittedForecastOfEachSensor() {
        // Given
        TopicAdmin.ensure(client, Topics.of(NETWORK).specs());
        put(
                encoded("400001", 0, 60),
                encoded("400001", 3, 62.5f),
                encoded("400001", 1, 61),
                encoded("a-sensor-with-a-long-\u001b[2Jname", 0, 8),
                "{\"sensor\": 7}".getBytes(UTF_8));
        putAborted(encoded("400001", 9, 99));

        // When
        CommandRun table = run();
        JsonNode json =
                JsonMapper.shared().readTree(run("--json", "--sensor", "400001").out());

        // Then
        assertThat(table.exitCode()).as(table.err()).isZero();
        List<String> lines = table.out().lines().toList();
        assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 80);
        assertThat(lines.get(0)).isEqualTo("pems-bay: speed in mph, by the clock of America/Los_Angeles");
        assertThat(lines.get(1)).containsSubsequence("sensor", "issued at", "+15 min", "+30 min", "+60 min", "model");
        assertThat(lines.get(2).split(" +"))
                .containsExactly("400001", "2017-05-25", "00:15", "64.50", "67.50", "73.50", "11/12", "seq2seq-gru@7");
        assertThat(table.out()).doesNotContain("\u001b");
        assertThat(table.err())
                .contains(TOPIC
                        + ": records left out that are no forecasts of this network: 1, the last one sensor: must");
        assertThat(json.propertyNames()).containsExactly("network", "forecasts");
        assertThat(json.at("/network").asString()).isEqualTo("pems-bay");
        assertThat(json.at("/forecasts")).hasSize(1);
        assertThat(json.at("/forecasts/0/issuedAt").asString()).isEqualTo("2017-05-25T07:15:00Z");
        assertThat(json.at("/forecasts/0/values")).hasSize(12);
    }

    @Test
    void followsUntilItIsInterrupted() throws ExecutionException, InterruptedException, TimeoutException {
        // Given
        TopicAdmin.ensure(client, Topics.of(NETWORK).specs());
        put(encoded("a", 0, 60), encoded("b", 0, 60));
        StringWriter out = new StringWriter();
        CommandLine command = Headwater.commandLine().setOut(new PrintWriter(out, true));
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread follower = Thread.ofPlatform()
                .start(() -> exit.complete(command.execute(arguments("--follow", "--json", "--sensor", "a"))));
        await().until(() -> out.toString().lines().count() == 1);

        // When
        put("nonsense".getBytes(UTF_8), encoded("b", 1, 60), encoded("a", 1, 70));
        await().until(() -> out.toString().lines().count() == 2);
        follower.interrupt();

        // Then
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        Map<String, String> issued = new HashMap<>();
        out.toString()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .forEach(one -> issued.put(
                        one.get("issuedAt").asString(), one.get("sensor").asString()));
        assertThat(issued)
                .containsExactlyInAnyOrderEntriesOf(Map.of("2017-05-25T07:00:00Z", "a", "2017-05-25T07:05:00Z", "a"));
    }

    @Test
    void saysWhenThereIsNothingYet() {
        // When
        CommandRun missing = run();
        TopicAdmin.ensure(client, Topics.of(NETWORK).specs());
        CommandRun empty = run("--json");
        put(encoded("400001", 0, 60));
        CommandRun unknown = run("--sensor", "40001");

        // Then
        assertThat(List.of(missing.exitCode(), empty.exitCode(), unknown.exitCode()))
                .containsOnly(1);
        assertThat(missing.err()).contains("topic " + TOPIC + " does not exist at " + client.bootstrapServers());
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err())
                .contains("no forecasts yet on " + TOPIC)
                .contains("`headwater serve` makes them; the first comes after the lookback, 12 readings per sensor"
                        + " = 1 h of event time");
        assertThat(unknown.err()).contains("--sensor 40001: no forecast of it").contains("did you mean '400001'?");
    }
}
