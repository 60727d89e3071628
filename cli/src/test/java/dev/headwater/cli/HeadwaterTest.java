package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HeadwaterTest {

    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private Path history = Path.of("");
    private String model = "";

    @BeforeEach
    void writeHistoryAndModel() {
        Series series = new CitySimulator(network, 5, 3).history(network.clock().slotOf(FIRST_MILLIS), 1_200);
        history = CityFile.write(folder.resolve("city.csv"), series);
        model = new ModelRegistry(folder.resolve("models"))
                .publish(UntrainedModel.of(series))
                .file()
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--guarantee=exactly-once", "--guarantee=at-least-once", "--restart"})
    void replayGivesTheFiguresOfEvaluate(String how) {
        // Given
        String[] common = {"--network", "simulated-city", "--from", history.toString(), "--model", model, "--json"};
        String[] replayed = Arrays.copyOf(common, common.length + 1);
        replayed[common.length] = how;

        // When
        JsonNode offline = json("evaluate", common);
        JsonNode streamed = json("replay", replayed);

        // Then
        assertThat(streamed.at("/stream/missing").asInt()).isZero();
        assertThat(streamed.at("/stream/doubled").asInt()).isZero();
        assertThat(streamed.at("/forecasts").asLong())
                .isEqualTo(offline.at("/forecasts").asLong())
                .isPositive();
        for (int step = 0; step < 12; step++) {
            for (String figure : new String[] {"mae", "rmse", "mape", "n"}) {
                String path = "/horizons/" + step + "/" + figure;
                assertThat(streamed.at(path).asDouble())
                        .as(path)
                        .isCloseTo(offline.at(path).asDouble(), within());
            }
        }
        assertThat(streamed.at("/intervals/0/coverage").asDouble())
                .isCloseTo(offline.at("/intervals/0/coverage").asDouble(), within());
    }

    private static Offset<Double> within() {
        return Offset.offset(TOLERANCE);
    }

    private static JsonNode json(String verb, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = verb;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out()); // standard output holds one JSON object and nothing else
    }

    @Test
    void trainPublishesAModelThatEvaluateReads() {
        // Given
        String out = folder.resolve("trained").toString();

        // When
        JsonNode trained = json(
                "train",
                "--network",
                "simulated-city",
                "--from",
                history.toString(),
                "--out",
                out,
                "--epochs",
                "2",
                "--hidden",
                "16",
                "--json");
        JsonNode judged = json(
                "evaluate",
                "--network",
                "simulated-city",
                "--from",
                history.toString(),
                "--model",
                out + "/simulated-city/latest",
                "--json");

        // Then
        assertThat(trained.at("/model").asString()).isEqualTo("seq2seq-gru@1");
        assertThat(judged.at("/mean/mae").asDouble())
                .isCloseTo(trained.at("/test/mean/mae").asDouble(), within());
        assertThat(judged.at("/baselines/persistence/mean/mae").asDouble()).isPositive();
        assertThat(json("models", "list", "--dir", out, "--json").at("/models").size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "broker",
                "ingest",
                "train",
                "evaluate",
                "serve",
                "replay",
                "forecasts",
                "models list",
                "models show",
                "models compare",
                "models champion",
                "models pin",
                "models gc",
                "models publish",
                "models rollback",
                "bench",
                "doctor"
            })
    void everyVerbHelpsWithAnExample(String verb) {
        // When
        CommandRun run = CommandRun.of((verb + " --help").split(" "));

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("headwater " + verb).contains("Example");
    }

    @Test
    void whatIsCalledWronglyIsToldAndExitsWith2() {
        // When
        CommandRun run = CommandRun.of("train", "--network", "pems-bay");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--from").contains("--help");
    }

    @Test
    void aDamagedModelIsRefusedInOneLine() throws IOException {
        // Given
        byte[] bytes = Files.readAllBytes(Path.of(model));
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.zip"), bytes);

        // When
        CommandRun run = evaluate("simulated-city", history, damaged.toString());

        // Then
        assertFailsInOneLine(run, "damaged.zip", "SHA-256");
    }

    @Test
    void aBadNumberIsToldWithFileRowAndSensor() throws IOException {
        // Given
        String csv = Files.readString(history);
        int row = csv.indexOf('\n') + 1;
        Path bad = Files.writeString(
                folder.resolve("bad.csv"),
                csv.substring(0, row) + csv.substring(row).replaceFirst(",[0-9.]*,", ",fast,"));

        // When
        CommandRun run = evaluate("simulated-city", bad, "persistence");

        // Then
        assertFailsInOneLine(run, "bad.csv", "row 2", "'fast'");
    }

    @Test
    void anUnknownKeyOfANetworkIsToldWithASuggestion() throws IOException {
        // Given
        Path yaml = Files.writeString(
                folder.resolve("town.yaml"),
                "name: town\ndomain: traffic\nintervall: PT5M\nzone: UTC\nmeasures: [{name: speed}]\n");

        // When
        CommandRun run = evaluate(yaml.toString(), history, "persistence");

        // Then
        assertFailsInOneLine(run, "town.yaml", "intervall", "did you mean 'interval'");
    }

    @Test
    void aBusyPortIsTold() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = Integer.toString(taken.getLocalPort());

            // When
            CommandRun run = CommandRun.of(
                    "broker",
                    "--port",
                    port,
                    "--data-dir",
                    folder.resolve("data").toString());

            // Then
            assertFailsInOneLine(run, port, "in use", "choose another port");
        }
    }

    @Test
    void anUnreachableBrokerIsTold() throws IOException {
        // Given
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        // When
        CommandRun run = CommandRun.of(
                "ingest",
                "--network",
                "simulated-city",
                "--from",
                history.toString(),
                "--bootstrap",
                "localhost:" + free);

        // Then
        assertFailsInOneLine(run, "localhost:" + free, "headwater broker");
    }

    private static CommandRun evaluate(String network, Path history, String model) {
        return CommandRun.of("evaluate", "--network", network, "--from", history.toString(), "--model", model);
    }

    private static void assertFailsInOneLine(CommandRun run, String... told) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("headwater: ").contains(told);
    }
}
