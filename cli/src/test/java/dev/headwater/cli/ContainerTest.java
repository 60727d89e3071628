package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.headwater.backtest.ForecastLedger;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;

/// The command against Kafka in a container, and the command's own image beside it.
@Tag("docker")
class ContainerTest {

    private static final int SENSORS = 16;
    private static final int SLOTS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String AT_ONCE = "max";
    private static final String EIGHT_SECONDS = "15000x"; // 400 slots of 5 minutes

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), SLOTS);
    private final ForecastLedger ledger = new ForecastLedger(series, range());

    private org.testcontainers.containers.Network containers;
    private KafkaContainer kafka;
    private ClientConfig client;

    @BeforeEach
    void start() throws IOException {
        containers = Containers.network();
        kafka = Containers.kafka(containers);
        kafka.start();
        client = ClientConfig.of(kafka.getBootstrapServers());
        // The image's user does not exist on this machine, so its files must be readable for all.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        new ModelRegistry(folder.resolve("models")).publish(UntrainedModel.of(series));
    }

    @AfterEach
    void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (containers != null) {
            containers.close();
        }
    }

    @Test
    void topicsReadingsAndForecastsGoThroughStockKafka() throws Exception {
        // Given topics that one command created
        String bootstrap = client.bootstrapServers();
        int made = headwater("topics", "apply", "--network", network.name(), "--bootstrap", bootstrap);
        assertThat(made).isZero();
        assertThat(headwater("topics", "list", "--network", network.name(), "--bootstrap", bootstrap))
                .as("exit code of topics list: 0 = all are as they should be")
                .isZero();

        // When readings are sent while the stream runs in this process
        Thread serving = Thread.ofPlatform().start(() -> headwater(serveArguments(bootstrap, folder)));
        try {
            send(AT_ONCE);
            awaitForecasts(ledger.expected(), serving::isAlive);
        } finally {
            serving.interrupt(); // what Ctrl-C does to the command
            serving.join();
        }

        // Then
        assertAllForecasts();
    }

    @Test
    void ourImageServesWithAReadOnlyRoot() throws Exception {
        // Given
        TopicAdmin.ensure(client, Topics.of(network).specs());
        send(AT_ONCE);

        // When the image runs as in production
        try (GenericContainer<?> serve = ourImage()) {
            serve.start();
            awaitForecasts(ledger.expected(), serve::isRunning);

            // Then it is ready, forecasts everything, and says so to Prometheus
            assertThat(get(serve, "/readyz")).isEqualTo("ok\n");
            assertThat(get(serve, "/metrics").lines())
                    .filteredOn(line -> line.startsWith("headwater_forecasts_total{"))
                    .singleElement()
                    .asString()
                    .endsWith(" " + (double) ledger.expected());
            assertAllForecasts();

            // And it runs as an unprivileged user, and can write only to its own folders
            InspectContainerResponse state = serve.getContainerInfo();
            assertThat(state.getConfig().getUser()).isEqualTo("65532:65532");
            assertThat(serve.execInContainer("touch", "/opt/headwater/lib/x").getExitCode())
                    .isNotZero();
            assertThat(serve.execInContainer("touch", "/data/x", "/tmp/x").getExitCode())
                    .isZero();
            assertThat(serve.execInContainer("/opt/headwater/bin/probe", "livez")
                            .getExitCode())
                    .isZero();
        }
    }

    @Test
    void ourImageLosesAndDoublesNothingWhenKilled() throws Exception {
        // Given the image at work on readings that keep coming
        TopicAdmin.ensure(client, Topics.of(network).specs());
        try (GenericContainer<?> serve = ourImage()) {
            serve.start();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(EIGHT_SECONDS));
            awaitForecasts(ledger.expected() / 4, serve::isRunning);

            // When it is killed with no warning and started again
            DockerClient docker = DockerClientFactory.instance().client();
            docker.killContainerCmd(serve.getContainerId()).exec();
            await().atMost(PATIENCE).until(() -> !serve.isRunning());
            docker.startContainerCmd(serve.getContainerId()).exec();
            awaitForecasts(ledger.expected(), serve::isRunning);
            sending.join();
        }

        // Then
        assertAllForecasts();
    }

    private GenericContainer<?> ourImage() {
        return Containers.headwater(
                containers, folder.resolve("models"), serveArguments(Containers.KAFKA_INSIDE, Path.of("/")));
    }

    /// @param folder for models and state
    private String[] serveArguments(String bootstrap, Path folder) {
        return new String[] {
            "serve",
            "--network",
            network.name(),
            "--model",
            folder.resolve("models", network.name(), "latest").toString(),
            "--bootstrap",
            bootstrap,
            "--guarantee",
            "exactly-once",
            "--data-dir",
            folder.resolve("data").toString(),
            "--metrics-host",
            "0.0.0.0",
            "--metrics-port",
            Integer.toString(folder.getNameCount() == 0 ? Containers.METRICS_PORT : 0)
        };
    }

    private static int headwater(String... arguments) {
        return Headwater.commandLine().execute(arguments);
    }

    private void send(String speed) {
        ReplayOptions options = ReplayOptions.all(Speed.parse(speed)).withProgress(ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(SeriesSource.everySlot(series), options);
    }

    /// Reads from the beginning, until this number of different forecasts has arrived.
    private void awaitForecasts(long wanted, BooleanSupplier alive) {
        try (TopicReader reader = TopicReader.open(client, Topics.of(network).forecasts())) {
            ForecastLedger seen = new ForecastLedger(series, range());
            await().atMost(PATIENCE).until(() -> {
                assertThat(alive.getAsBoolean()).as("still running").isTrue();
                reader.poll().forEach(record -> seen.take(new ForecastCodec(network).decode(record.value())));
                return seen.distinct() >= wanted;
            });
        }
    }

    private void assertAllForecasts() {
        try (TopicReader reader = TopicReader.open(client, Topics.of(network).forecasts())) {
            reader.drain(record -> ledger.take(new ForecastCodec(network).decode(record.value())));
        }
        BitSet expected = new BitSet();
        expected.set(network.window().lookback() - 1, SLOTS);
        assertThat(series.sensors())
                .allSatisfy(sensor -> assertThat(ledger.rows(sensor)).as(sensor).isEqualTo(expected));
        assertThat(ledger.doubled()).as("forecasts that came twice").isZero();
    }

    private ChronologicalSplit.Range range() {
        return new ChronologicalSplit.Range(0, SLOTS - network.window().spanWithHorizon() + 1);
    }

    private static String get(GenericContainer<?> container, String path) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://" + container.getHost() + ":" + container.getMappedPort(Containers.METRICS_PORT) + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        }
    }
}
