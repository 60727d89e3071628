package dev.headwater.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A dashboard beside a real broker whose topics hold a few hours of three sensors.
@Timeout(120)
class DashboardTest {

    private static final SensorNetwork NETWORK = MadeUpTopics.NETWORK;
    private static final long FIRST = MadeUpTopics.FIRST;
    private static final int SLOTS = 40;
    private static final int GAP = 20; // slot without a reading of sensor b

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static ClientConfig client;
    private static Dashboard dashboard;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final RecordedReplay REPLAY = new RecordedReplay();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.startTemporary(folder);
        client = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(client, Topics.of(NETWORK).specs(2));
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (long slot = FIRST; slot < FIRST + SLOTS; slot++) {
                MadeUpTopics.send(producer, "a", slot);
                if (slot != FIRST + GAP) {
                    MadeUpTopics.send(producer, "b", slot);
                }
            }
        }
        dashboard = Dashboard.start(client, List.of(NETWORK), Dashboard.DEFAULT_HOST, 0, REPLAY);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sensor("b").path("forecast").path("issued").asLong()
                        == NETWORK.clock().startMillis(FIRST + SLOTS - 1));
    }

    @AfterAll
    static void stop() {
        dashboard.close();
        broker.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(dashboard.address() + path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(send(request(path)).body());
    }

    private static JsonNode sensor(String id) throws IOException, InterruptedException {
        return json("api/networks/pems-bay/sensors/" + id + "?hours=2&step=3");
    }

    @Test
    void aSensorIsAsOnTheTopics() throws Exception {
        // When
        JsonNode b = sensor("b");

        // Then
        long last = FIRST + SLOTS - 1;
        long from = last - 23;
        assertThat(b.path("from").asLong()).isEqualTo(NETWORK.clock().startMillis(from));
        assertThat(b.path("measures").path("speed").size()).isEqualTo(24);
        for (int i = 0; i < 24; i++) {
            JsonNode value = b.path("measures").path("speed").get(i);
            if (from + i == FIRST + GAP) {
                assertThat(value.isNull()).isTrue();
            } else {
                assertThat(value.floatValue()).isEqualTo(MadeUpTopics.value("b", from + i));
            }
        }
        for (int step = 0; step < 12; step++) {
            assertThat(b.path("forecast").path("values").get(step).floatValue())
                    .isEqualTo(MadeUpTopics.forecast("b", last).values()[step]);
        }
        assertThat(b.path("forecast").path("intervals").get(0).path("level").doubleValue())
                .isEqualTo(0.8);
        JsonNode made = b.path("made").path("values");
        assertThat(made.size()).isEqualTo(27);
        assertThat(made.get(26).floatValue())
                .isCloseTo(MadeUpTopics.forecast("b", last).values()[2], within());
        assertThat(b.path("errors").path("n").get(0).asLong()).isEqualTo(SLOTS - 3);
    }

    private static Offset<Float> within() {
        return Offset.offset(0.05f); // half floats
    }

    @Test
    void theFirstEventHasEverythingAndLaterOnesWhatChanges() throws Exception {
        // Given a page that opens late
        HttpResponse<InputStream> events = HTTP.send(
                request("api/networks/pems-bay/events")
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            // When
            JsonNode snapshot = next(lines, "snapshot");

            // Then
            assertThat(snapshot.path("sensors").get(0).path("road").asString()).isEqualTo("101-N");
            assertThat(snapshot.path("values").get(1).floatValue())
                    .isEqualTo(MadeUpTopics.value("b", FIRST + SLOTS - 1));
            assertThat(snapshot.path("values").get(2).isNull()).isTrue();
            assertThat(snapshot.path("forecasts").get(0).size()).isEqualTo(12);
            assertThat(snapshot.path("health").path("silent").asInt()).isEqualTo(1);
            assertThat(snapshot.path("models").path("changes").get(0).path("id").asString())
                    .isEqualTo("seq2seq-gru@3");
            assertThat(faults(snapshot)).isEmpty();

            // When a reading of an unknown sensor comes
            try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
                MadeUpTopics.send(producer, "new", FIRST + SLOTS - 1);
            }

            // Then
            assertThat(next(lines, "sensors").path("sensors").get(0).path("id").asString())
                    .isEqualTo("new");
            JsonNode delta = next(lines, "delta");
            assertThat(delta.path("sensors").get(0).asInt()).isEqualTo(3);
            assertThat(delta.path("values").get(0).floatValue())
                    .isEqualTo(MadeUpTopics.value("new", FIRST + SLOTS - 1));
        }
    }

    private static JsonNode next(BufferedReader lines, String name) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals("event: " + name)) {
            line = lines.readLine();
        }
        return JsonMapper.shared().readTree(lines.readLine().substring("data: ".length()));
    }

    /// What breaks the schema of the OpenAPI document.
    private static List<?> faults(JsonNode snapshot) throws IOException, InterruptedException {
        ObjectNode schema = (ObjectNode) json("api/openapi.json");
        schema.put("$ref", "#/components/schemas/Snapshot");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(snapshot.toString(), InputFormat.JSON);
    }

    @Test
    void theMapCanBeLookedBackAt() throws Exception {
        JsonNode remembered = json("api/networks/pems-bay/map");
        assertThat(remembered.path("newest").asLong()).isEqualTo(NETWORK.clock().startMillis(FIRST + SLOTS - 1));

        // When
        JsonNode then = json("api/networks/pems-bay/map?at=" + NETWORK.clock().startMillis(FIRST + GAP));

        // Then
        assertThat(then.path("values").get(0).floatValue()).isEqualTo(MadeUpTopics.value("a", FIRST + GAP));
        assertThat(then.path("values").get(1).isNull()).isTrue();
        assertThat(then.path("forecasts").get(0).size()).isEqualTo(12);
        assertThat(json("api/networks/pems-bay/map?at=1000").path("time").asLong())
                .isEqualTo(remembered.path("oldest").asLong());
    }

    @Test
    void recordsOfLongAgoComeFromTheTopics() throws Exception {
        // When
        String since = NETWORK.clock().start(FIRST + 30).toString();
        JsonNode forecasts = json("api/networks/pems-bay/forecasts?sensor=a&since=" + since);
        JsonNode readings = json("api/networks/pems-bay/readings?sensor=b&since=" + since);

        // Then
        assertThat(forecasts.path("complete").asBoolean()).isTrue();
        assertThat(forecasts.path("forecasts").size()).isEqualTo(SLOTS - 30);
        byte[] onTopic = new ForecastCodec(NETWORK).encode(MadeUpTopics.forecast("a", FIRST + 30));
        assertThat(forecasts.path("forecasts").get(0))
                .isEqualTo(JsonMapper.shared().readTree(onTopic));
        byte[] next = new ForecastCodec(NETWORK).encode(MadeUpTopics.forecast("a", FIRST + 31));
        assertThat(forecasts.path("forecasts").get(1))
                .isEqualTo(JsonMapper.shared().readTree(next));
        assertThat(readings.path("readings").get(1).path("speed").floatValue())
                .isEqualTo(MadeUpTopics.value("b", FIRST + 31));
    }

    @Test
    void wrongRequestsGetOneLineThatSaysWhy() throws Exception {
        for (String[] wrong : new String[][] {
            {"api/networks/other", "404", "network: must be one of [pems-bay], found other"},
            {"api/networks/pems-bay/sensors/x", "404", "sensor: must be one on the topics of pems-bay, found x"},
            {"api/networks/pems-bay/sensors/a?hours=99", "400", "hours: must be a number from 0.001 to 48, found 99"},
            {"api/networks/pems-bay/sensors/a?step=NaN", "400", "step: must be a number from 1 to 12, found NaN"},
            {"api/networks/pems-bay/forecasts", "400", "sensor: must be given, found none"},
            {"api/networks/pems-bay/map?at=noon", "400", "found noon"},
            {"api/nothing", "404", "/api/nothing: nothing is there"},
        }) {
            HttpResponse<String> answer = send(request(wrong[0]));
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(Integer.parseInt(wrong[1]));
            assertThat(JsonMapper.shared().readTree(answer.body()).path("error").asString())
                    .contains(wrong[2]);
        }
    }

    @Test
    void thePageIsKeptToItselfAndItsFilesAreCached() throws Exception {
        // When
        HttpResponse<String> page = send(request(""));
        HttpResponse<String> script =
                send(request("webjars/d3/7.9.0/dist/d3.min.js").header("Accept-Encoding", "gzip"));
        String tag = page.headers().firstValue("ETag").orElseThrow();

        // Then
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
        assertThat(script.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(send(request("").header("If-None-Match", tag)).statusCode()).isEqualTo(304);
    }

    @Test
    void aReplayIsControlledByThePageAlone() throws Exception {
        // When
        assertThat(control("{\"action\":\"pause\"}", null).body()).contains("\"paused\"");
        assertThat(control(
                                "{\"action\":\"speed\",\"speed\":600}",
                                dashboard.address().replaceAll("/$", ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(REPLAY.asked()).isEqualTo("speed 600.0");

        // Then
        assertThat(control("{\"action\":\"resume\"}", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(control("{\"action\":\"stop\"}", null).body())
                .contains("action: must be pause, resume, speed or skip, found stop");
        assertThat(control("[", null).body()).contains("body: must be a JSON object");
        assertThat(control("{\"action\":\"speed\",\"speed\":9999}", null).statusCode())
                .isEqualTo(400);
        assertThat(REPLAY.asked()).isEqualTo("speed 600.0");
    }

    private static HttpResponse<String> control(String body, String origin) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("api/replay").POST(HttpRequest.BodyPublishers.ofString(body));
        return send(origin == null ? request : request.header("Origin", origin));
    }
}
