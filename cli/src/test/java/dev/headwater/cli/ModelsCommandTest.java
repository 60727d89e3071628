package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.backtest.ForecastLedger;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// `models publish` and `models rollback` as a user calls them, and a `serve` whose only models are on the
/// topic. Each test has its own network name on the shared broker.
class ModelsCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SLOTS = 60;

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path definition;
    private SensorNetwork network;
    private Series series;
    private ModelRegistry registry;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(brokerFolder, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void makeNetwork(TestInfo test) throws IOException {
        String name = test.getTestMethod()
                .orElseThrow()
                .getName()
                .replaceAll("[A-Z]", "-$0")
                .toLowerCase(Locale.ROOT);
        definition = folder.resolve("network.yaml");
        Files.writeString(definition, """
                name: %s
                domain: traffic
                interval: PT5M
                zone: UTC
                measures:
                  - name: speed
                    unit: mph
                    missing: 0
                """.formatted(name));
        network = NetworkFile.load(definition.toString());
        series = new CitySimulator(network, 3, 7).history(network.clock().slotOf(1_700_000_000_000L), SLOTS);
        registry = new ModelRegistry(folder.resolve("models"));
    }

    private static ClientConfig client() {
        return ClientConfig.of(broker.bootstrapServers());
    }

    /// Puts an untrained model into the registry as its next version.
    private Path register() {
        return registry.publish(UntrainedModel.of(series)).file();
    }

    private int headwater(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        return Headwater.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private int rollback(String... more) {
        List<String> all = new ArrayList<>(List.of("models", "rollback", "--network", definition.toString()));
        all.addAll(List.of("--dir", folder.resolve("models").toString()));
        all.addAll(List.of(more));
        return headwater(all.toArray(String[]::new));
    }

    /// The network's records on the models topic, as `version in the header: name@version in the artefact`.
    private List<String> published() {
        List<String> found = new ArrayList<>();
        TopicAdmin.ensure(client(), List.of(Topics.models()));
        try (TopicReader reader = TopicReader.open(client(), Topics.MODELS)) {
            reader.drain(record -> {
                if (network.name().equals(record.key())) {
                    found.add(said(record));
                }
            });
        }
        return found;
    }

    private static String said(ConsumerRecord<String, byte[]> record) {
        byte[] version = record.headers().lastHeader(ModelTopic.VERSION_HEADER).value();
        return new String(version, StandardCharsets.US_ASCII) + ": "
                + ModelFile.read(record.value(), "test").manifest().id();
    }

    @Test
    void publishPutsAModelOnTheBus() {
        // Given
        Path file = register();

        // When
        int status = headwater("models", "publish", file.toString());

        // Then
        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("published seq2seq-gru@1 for network " + network.name() + " on ");
        assertThat(published()).containsExactly("1: seq2seq-gru@1");
    }

    @Test
    void aDamagedModelIsNotPublished() throws IOException {
        // Given
        byte[] bytes = Files.readAllBytes(register());
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.zip"), bytes);

        // When
        int status = headwater("models", "publish", damaged.toString());

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("headwater: " + damaged + ": damaged")
                .hasLineCount(1);
        assertThat(published()).isEmpty();
    }

    @Test
    void aModelThatIsNonsenseIsNeitherPublishedNorRolledBackTo() throws IOException {
        // Given a sealed model that divides by zero, and an active model that is sound
        ForecastModel nonsense = UntrainedModel.of(series);
        nonsense.scaler().deviation()[0] = 0;
        Path first = register();
        Path second = registry.publish(nonsense).file();
        headwater("models", "publish", first.toString());
        headwater("models", "publish", register().toString());

        // When
        int published = headwater("models", "publish", second.toString());
        int back = rollback();

        // Then
        assertThat(published).isEqualTo(1);
        assertThat(err.toString())
                .contains("headwater: " + second + ": scaler.json deviation must be above 0, found 0.0")
                .hasLineCount(1);
        assertThat(back).isZero();
        assertThat(published()).containsExactly("1: seq2seq-gru@1", "3: seq2seq-gru@3", "1: seq2seq-gru@1");
    }

    @Test
    void trainingPublishesWhatItRegisters() {
        // Given
        long first = network.clock().slotOf(1_700_000_000_000L);
        Path history =
                CityFile.write(folder.resolve("history.csv"), new CitySimulator(network, 3, 7).history(first, 600));
        String models = folder.resolve("models").toString();

        // When
        int status = headwater(
                "train",
                "--network",
                definition.toString(),
                "--from",
                history.toString(),
                "--out",
                models,
                "--epochs",
                "1",
                "--hidden",
                "4",
                "--publish",
                "--json");

        // Then
        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"published\" : true");
        assertThat(published()).containsExactly("1: seq2seq-gru@1");
    }

    @Test
    void rollbackPublishesTheVersionBeforeTheActiveOneAgain() {
        // Given
        headwater("models", "publish", register().toString());
        register(); // version 2 is in the registry only
        headwater("models", "publish", register().toString());

        // When
        int first = rollback();
        int second = rollback();
        int third = rollback();

        // Then
        assertThat(List.of(first, second, third)).as(err.toString()).containsExactly(0, 0, 1);
        assertThat(published())
                .containsExactly("1: seq2seq-gru@1", "3: seq2seq-gru@3", "2: seq2seq-gru@2", "1: seq2seq-gru@1");
        assertThat(out.toString()).contains("back from seq2seq-gru@3 to seq2seq-gru@2");
        assertThat(err.toString())
                .startsWith("headwater: network " + network.name() + ": no version below the active seq2seq-gru@1")
                .hasLineCount(1);
    }

    @Test
    void rollbackGoesToTheVersionNamed() {
        // Given
        headwater("models", "publish", register().toString());
        headwater("models", "publish", register().toString());
        headwater("models", "publish", register().toString());

        // When
        int back = rollback("--to", "1", "--json");
        int unknown = rollback("--to", "9");

        // Then
        assertThat(back).as(err.toString()).isZero();
        assertThat(published().getLast()).isEqualTo("1: seq2seq-gru@1");
        assertThat(out.toString()).contains("\"from\" : \"seq2seq-gru@3\"", "\"model\" : \"seq2seq-gru@1\"");
        assertThat(unknown).isEqualTo(1);
        assertThat(err.toString())
                .contains("or in the registry, [1, 2, 3], found 9")
                .hasLineCount(1);
    }

    @Test
    void withoutAnActiveModelThereIsNothingToRollBack() {
        // Given
        register();

        // When
        int status = rollback();

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .contains("no model is active on " + Topics.MODELS)
                .hasLineCount(1);
        assertThat(published()).isEmpty();
    }

    @Test
    void serveWaitsForTheFirstModelAndLosesNoReading() throws Exception {
        // Given
        TopicAdmin.ensure(client(), Topics.of(network).specs());
        int port = freePort();
        ForecastLedger ledger = new ForecastLedger(
                series, new ChronologicalSplit.Range(0, SLOTS - network.window().spanWithHorizon() + 1));
        try (ServeProcess serve = serve(port);
                TopicReader reader =
                        TopicReader.open(client(), Topics.of(network).forecasts())) {
            await().atMost(PATIENCE).until(() -> serve.output().contains("waiting for a model"));
            int live = status(port, "/livez");
            int ready = status(port, "/readyz");
            new Replayer(client())
                    .replay(
                            SeriesSource.everySlot(series),
                            ReplayOptions.all(Speed.MAX)
                                    .withFormat(ValueFormat.JSON)
                                    .withProgress(ReplayOptions.Progress.NEVER));

            // When
            headwater("models", "publish", register().toString());

            // Then
            await().atMost(PATIENCE).until(() -> {
                assertThat(serve.isAlive()).as(serve.output()).isTrue();
                reader.poll().forEach(record -> ledger.take(new ForecastCodec(network).decode(record.value())));
                return ledger.distinct() == ledger.expected();
            });
            assertThat(live).isEqualTo(200);
            assertThat(ready).isEqualTo(503);
            await().atMost(PATIENCE).until(() -> status(port, "/readyz") == 200);
            assertThat(body(port, "/metrics"))
                    .containsPattern(
                            "headwater_model_info\\{artefact=\"[0-9a-f]{12}\",model=\"seq2seq-gru@1\",network=\""
                                    + network.name() + "\"} 1");
        }
        assertThat(ledger.doubled()).isZero();
    }

    private ServeProcess serve(int port) throws IOException {
        return ServeProcess.start(
                folder.resolve("serve.log"),
                "--network",
                definition.toString(),
                "--bootstrap",
                broker.bootstrapServers(),
                "--guarantee",
                "exactly-once",
                "--data-dir",
                folder.resolve("data").toString(),
                "--metrics-port",
                Integer.toString(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        return get(port, path).statusCode();
    }

    private static String body(int port, String path) throws IOException, InterruptedException {
        return get(port, path).body();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
