package dev.headwater.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.cli.CityFile;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("dashboard at (\\S+), Ctrl-C stops it");
    private static final int BY_SIGNAL = 143;
    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");
    private static final long FIRST = NETWORK.clock().slotOf(1_700_000_000_000L);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void sendsAFileThatThePageControls() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            // Given the readings of a file, and the place of one of its sensors
            Path places = Files.writeString(folder.resolve("places.csv"), "1N-01,37.1,-121.9\n");
            try (CommandProcess process = CommandProcess.start(
                    folder,
                    "dashboard",
                    "--network=simulated-city",
                    "--bootstrap=" + broker.bootstrapServers(),
                    "--port=0",
                    "--from=" + city(),
                    "--speed=1x",
                    "--places=" + places)) {
                String page = process.until(ADDRESS).group(1);

                // When the page skips an hour
                long later = NETWORK.clock().startMillis(FIRST + 12);
                post(page + "api/replay", "{\"action\":\"skip\",\"time\":" + later + "}");

                // Then its readings are on the topic, and their sensors on the map
                String detail = page + "api/networks/simulated-city/sensors/1N-01";
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> get(detail).path("time").asLong() == later);
                assertThat(get(page + "api/networks/simulated-city/sensors")
                                .path("sensors")
                                .get(0)
                                .path("latitude")
                                .asDouble())
                        .isEqualTo(37.1);
                assertThat(post(page + "api/replay", "{\"action\":\"pause\"}")
                                .path("state")
                                .asString())
                        .isEqualTo("paused");

                // And it ends when it is asked to
                assertThat(process.stop()).isEqualTo(BY_SIGNAL);
                assertThat(process.output()).doesNotContain("all readings are sent");
            }
        }
    }

    private String city() throws IOException {
        Path file = folder.resolve("city.csv");
        return CityFile.write(file, new CitySimulator(NETWORK, 6, 3).history(FIRST, 100))
                .toString();
    }

    private JsonNode get(String address) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(send(HttpRequest.newBuilder(URI.create(address))));
    }

    private JsonNode post(String address, String body) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(
                        HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
