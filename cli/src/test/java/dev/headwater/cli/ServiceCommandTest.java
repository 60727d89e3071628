package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `train --service` as a person runs it in a terminal, and asks it over HTTP.
class ServiceCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BY_CTRL_C = 130;
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/status");
    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void trainsWhenAskedAndEndsWithCtrlCInEachPhase() throws Exception {
        PseudoTerminal.require();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given readings on the topic
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(NETWORK).specs(2));
            long first = NETWORK.clock().slotOf(1_700_000_000_000L);
            new Replayer(client)
                    .replay(
                            SeriesSource.everySlot(new CitySimulator(NETWORK, 3, 7).history(first, 2_000)),
                            ReplayOptions.all(Speed.MAX).withProgress(ReplayOptions.Progress.NEVER));

            // When a training is asked for, then a second one is refused, and Ctrl-C leaves a checkpoint
            try (PseudoTerminal terminal = service(broker, "500")) {
                String address = address(terminal);
                assertThat(status(address).at("/state").asString()).isEqualTo("waiting");
                assertThat(train(address)).isEqualTo(entry(202, "{\"accepted\":true}\n"));
                terminal.until("loss");
                assertThat(train(address))
                        .isEqualTo(entry(409, "{\"error\":\"a training runs already, see /status\"}\n"));
                assertThat(status(address).at("/state").asString()).isEqualTo("training");
                assertThat(metrics(address)).contains("headwater_training_running{network=\"simulated-city\"} 1.0");
                await().atMost(PATIENCE).until(() -> Files.exists(checkpoint()));
                terminal.type(PseudoTerminal.CTRL_C);
                assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
                assertThat(terminal.screen()).contains("stopped");
            }

            // When it starts again, then it goes on by itself, and can be stopped again
            try (PseudoTerminal terminal = service(broker, "500")) {
                terminal.until("training begins, trigger resume").until("/500").type(PseudoTerminal.CTRL_C);
                assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
                assertThat(terminal.screen()).doesNotContain("epoch 1/500");
            }

            // When the settings are others, then it begins anew, publishes, waits, and ends with Ctrl-C
            try (PseudoTerminal terminal = service(broker, "1")) {
                terminal.until("published: seq2seq-gru@1");
                String address = address(terminal);
                await().atMost(PATIENCE)
                        .until(() -> status(address).at("/state").asString().equals("waiting"));
                assertThat(status(address).at("/last/outcome").asString()).isEqualTo("published");
                terminal.type(PseudoTerminal.CTRL_C);
                assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
            }
        }
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        for (String wrong :
                List.of("--every P7D", "--service --resume", "--service --history P1D", "--service --publish")) {
            // When
            List<String> all = new ArrayList<>(List.of("train", "--network", "simulated-city", "--from", "city.csv"));
            all.addAll(List.of(wrong.split(" ")));
            CommandRun run = CommandRun.of(all.toArray(String[]::new));

            // Then
            assertThat(run.exitCode()).as(wrong).isEqualTo(2);
            assertThat(run.err()).as(wrong).startsWith("headwater: --");
        }
    }

    private Path checkpoint() {
        return folder.resolve("models/simulated-city/.training/checkpoint.zip");
    }

    private PseudoTerminal service(EmbeddedBroker broker, String epochs) throws IOException {
        return PseudoTerminal.start(
                folder,
                80,
                24,
                Headwater.class,
                "train",
                "--service",
                "--network",
                "simulated-city",
                "--from",
                "topic",
                "--history",
                "P30D",
                "--bootstrap",
                broker.bootstrapServers(),
                "--registry",
                folder.resolve("models").toString(),
                "--http-port",
                "0",
                "--hidden",
                "8",
                "--epochs",
                epochs,
                "--setting",
                "patience=500");
    }

    private static String address(PseudoTerminal terminal) throws IOException {
        terminal.until("/status");
        Matcher found = ADDRESS.matcher(terminal.screen());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private JsonNode status(String address) throws Exception {
        return JsonMapper.shared().readTree(get(address + "/status"));
    }

    private String metrics(String address) throws Exception {
        return get(address + "/metrics");
    }

    private String get(String uri) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Map.Entry<Integer, String> train(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/train"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return entry(answer.statusCode(), answer.body());
    }
}
