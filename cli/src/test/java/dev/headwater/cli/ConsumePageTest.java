package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/consume.md` holds the programs in `docs/consume/`, word for word, and they work.
class ConsumePageTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path JAVA = DOCS.resolve("consume/ForecastConsumer.java");
    private static final Path PYTHON = DOCS.resolve("consume/forecasts.py");
    private static final Path BINARY = DOCS.resolve("consume/binary_forecasts.py");
    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final String TOPIC = Topics.of(NETWORK).forecasts();
    private static final long TIME = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();
    private static final int STEPS = NETWORK.window().horizon();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "java, consume/ForecastConsumer.java",
        "python, consume/forecasts.py",
        "python, consume/binary_forecasts.py"
    })
    void thePageShowsThePrograms(String language, String program) throws IOException {
        // When
        String page = Files.readString(DOCS.resolve("consume.md"));

        // Then
        assertThat(page).contains("```" + language + "\n" + Files.readString(DOCS.resolve(program)) + "```");
    }

    @Test
    void theJavaProgramPrintsWhatIsOnTheTopic() throws IOException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given a forecast with an interval, one without, and one that abstained
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(NETWORK).specs(1));
            put(client, forecast("400001", steps(62.5f), List.of(new Interval(0.8, steps(60), steps(65.25f)))));
            put(client, forecast("400017", steps(55), List.of()));
            put(client, forecast("400045", new float[0], List.of()));

            // When
            Path out = folder.resolve("out");
            Process consumer = start(broker.bootstrapServers(), out);
            try {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> Files.readString(out).lines().count() >= 3 || !consumer.isAlive());
            } finally {
                consumer.destroy();
                consumer.waitFor();
            }

            // Then
            assertThat(Files.readString(out).lines())
                    .as(Files.readString(folder.resolve("err")))
                    .containsExactly(
                            "400001 at 2017-05-25T07:00:00Z: 62.5 at 2017-05-25T08:00:00Z, from 60.0 to 65.25 with"
                                    + " probability 0.8",
                            "400017 at 2017-05-25T07:00:00Z: 55.0 at 2017-05-25T08:00:00Z",
                            "400045 at 2017-05-25T07:00:00Z: no forecast, 2 of 12 slots observed");
        }
    }

    @Test
    void thePythonProgramIsPython() throws IOException, InterruptedException {
        // Given
        Path log = folder.resolve("log");
        assumeTrue(run(log, "python3", "--version") == 0, "no python3 here: the Python program is not parsed");

        // When
        int code = run(log, "python3", "-c", "import ast; ast.parse(open('" + PYTHON + "').read())");

        // Then
        assertThat(code).as(Files.readString(log)).isZero();
    }

    @Test
    void thePythonProgramDecodesTheBinaryForm() throws IOException, InterruptedException {
        // Given a forecast with two intervals and a step without a number, and one that abstained
        Path log = folder.resolve("log");
        assumeTrue(run(log, "python3", "--version") == 0, "no python3 here: the Python program is not run");
        float[] values = steps(62.5f);
        values[3] = Float.NaN;
        Interval narrow = new Interval(0.8, steps(60), steps(65.25f));
        Interval wide = new Interval(0.95, steps(-0.125f), steps(70));
        ForecastCodec codec = new ForecastCodec(NETWORK);
        byte[] full = codec.encode(forecast("ä1", values, List.of(narrow, wide)), ValueFormat.BINARY);
        byte[] abstained = codec.encode(forecast("400045", new float[0], List.of()), ValueFormat.BINARY);
        HexFormat hex = HexFormat.of();
        Path in = Files.writeString(folder.resolve("in"), hex.formatHex(full) + "\n" + hex.formatHex(abstained));

        // When
        int code = run(log, "sh", "-c", "python3 " + BINARY + " < " + in);

        // Then the fields are those of the JSON
        assertThat(code).as(Files.readString(log)).isZero();
        JsonNode[] printed =
                Files.readString(log).lines().map(JsonMapper.shared()::readTree).toArray(JsonNode[]::new);
        JsonNode json = JsonMapper.shared().readTree(codec.encode(codec.decode(full)));
        for (String field : List.of(
                "sensor", "issuedAt", "values", "lower", "upper", "level", "wider", "observed", "lookback", "model")) {
            assertThat(printed[0].get(field)).as(field).isEqualTo(json.get(field));
        }
        assertThat(printed[0].get("intervalSeconds").asDouble()).isEqualTo(300);
        assertThat(printed[1].get("values")).isEmpty();
        assertThat(printed[1].get("abstained").asString()).isEqualTo("too few readings");
    }

    private Process start(String servers, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JAVA.toString(),
                        servers,
                        TOPIC)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static int run(Path log, String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }

    private static Forecast forecast(String sensor, float[] values, List<Interval> intervals) {
        return new Forecast(sensor, TIME, values, intervals, values.length == 0 ? 2 : 12, 12, "gru@3", "", false);
    }

    private static float[] steps(float value) {
        float[] steps = new float[STEPS];
        Arrays.fill(steps, value);
        return steps;
    }

    private static void put(ClientConfig client, Forecast forecast) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            byte[] value = new ForecastCodec(NETWORK).encode(forecast);
            producer.send(new ProducerRecord<>(TOPIC, null, forecast.issuedAt(), forecast.sensor(), value));
        }
    }
}
