package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two instances of one stream, with the sensors between them.
class SensorPagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ServedModel MODEL = new ServedModel(new Persistence(2, 60), null, SeasonalStates.of(NETWORK));
    private static final List<String> SENSORS = Stream.concat(
                    IntStream.range(0, 20).mapToObj(i -> "s" + i), Stream.of("a b", "a+b", "a/b?c", "Stra\u00dfe 1 %"))
            .sorted()
            .toList();
    private static final int SLOTS = 3;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    /// An instance with its endpoints.
    private final class Instance implements AutoCloseable {
        private final AtomicReference<StreamApp> app = new AtomicReference<>();
        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final HealthEndpoints endpoints = HealthEndpoints.start(
                HealthEndpoints.DEFAULT_HOST,
                0,
                registry,
                () -> true,
                () -> true,
                new SensorPages(NETWORK, app::get).routes());

        Instance(ClientConfig client, String name) {
            StreamSettings settings = StreamSettings.of(client, "app", folder.resolve(name), Guarantee.AT_LEAST_ONCE)
                    .with(new Failover(Failover.DEFAULT_SESSION, Failover.DEFAULT_SESSION, 0, null))
                    .with(Limits.ANY_TIME);
            HostPort own = new HostPort(HealthEndpoints.DEFAULT_HOST, endpoints.port());
            app.set(StreamApp.start(NETWORK, 4, () -> MODEL, settings, own, registry));
        }

        String address() {
            return HealthEndpoints.DEFAULT_HOST + ":" + endpoints.port();
        }

        HttpResponse<String> get(String path) {
            return SensorPagesTest.this.get("http://" + address() + path);
        }

        /// The ids of its sensors, once it has some; empty before.
        List<String> sensors() {
            HttpResponse<String> answer = get("/sensors");
            return answer.statusCode() == 200
                    ? json(answer)
                            .path("sensors")
                            .valueStream()
                            .map(one -> one.path("sensor").asString())
                            .toList()
                    : List.of();
        }

        @Override
        public void close() {
            app.get().close();
            endpoints.close();
        }
    }

    private HttpResponse<String> get(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.body()).endsWith("\n").doesNotContainPattern("\n.");
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String path(String sensor) {
        return "/sensors/" + URLEncoder.encode(sensor, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void send(ClientConfig client) {
        byte[] value = "{\"speed\": 50.5}".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (long slot = SLOT; slot < SLOT + SLOTS; slot++) {
                for (String sensor : SENSORS) {
                    producer.send(new ProducerRecord<>(
                            Topics.of(NETWORK).readings(), null, StreamFixture.time(slot), sensor, value));
                }
            }
        }
    }

    @Test
    void eachInstanceListsItsSensorsAndNamesTheOneThatHasAnother() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            try (Instance one = new Instance(client, "one");
                    Instance two = new Instance(client, "two")) {
                send(client);

                // When / Then together they have all sensors, and none twice
                await().atMost(PATIENCE)
                        .until(() -> Stream.of(one, two)
                                .flatMap(instance -> instance.sensors().stream())
                                .sorted()
                                .toList()
                                .equals(SENSORS));
                assertThat(one.sensors()).isNotEmpty().isSorted();
                assertThat(two.sensors()).isNotEmpty().isSorted();
                assertThat(json(one.get("/sensors"))
                                .path("instances")
                                .valueStream()
                                .map(JsonNode::asString))
                        .containsExactlyInAnyOrder(one.address(), two.address());

                // And each sensor is found from either
                List<String> ofOne = one.sensors();
                for (String sensor : SENSORS) {
                    isFound(sensor, ofOne.contains(sensor) ? one : two, ofOne.contains(sensor) ? two : one);
                }
                isUnknown("no-such-sensor", one);
            }
        }
    }

    @Test
    void tellsThatThereIsNoStreamYet() {
        try (HealthEndpoints endpoints = HealthEndpoints.start(
                HealthEndpoints.DEFAULT_HOST,
                0,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                () -> true,
                () -> false,
                new SensorPages(NETWORK, () -> null).routes())) {
            String url = "http://" + HealthEndpoints.DEFAULT_HOST + ":" + endpoints.port();
            for (String path : List.of("/sensors", "/sensors/400001")) {
                // When
                HttpResponse<String> answer = get(url + path);
                // Then
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(json(answer).path("error").asString()).startsWith("the stream is not running yet");
            }
            HttpResponse<String> refused = get(url + "/sensors?limit=0");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).path("error").asString()).isEqualTo("limit: must be from 1 to 1000, found '0'");
        }
    }

    private void isFound(String sensor, Instance owner, Instance other) {
        HttpResponse<String> here = owner.get(path(sensor));
        assertThat(here.statusCode()).as(sensor).isEqualTo(200);
        JsonNode found = json(here);
        assertThat(found.path("instance").asString()).isEqualTo(owner.address());
        assertThat(found.at("/sensor/sensor").asString()).isEqualTo(sensor);
        assertThat(found.at("/sensor/newest").asString())
                .isEqualTo(Instant.ofEpochMilli(StreamFixture.time(SLOT + SLOTS - 1))
                        .toString());
        assertThat(found.at("/window/values/speed").valueStream().map(JsonNode::floatValue))
                .containsExactly(50.5f, 50.5f, 50.5f);
        HttpResponse<String> there = other.get(path(sensor));
        assertThat(there.statusCode()).as(sensor).isEqualTo(307);
        assertThat(json(there).path("instance").asString()).isEqualTo(owner.address());
        assertThat(get(there.headers().firstValue("Location").orElseThrow()).body())
                .isEqualTo(here.body());
    }

    private void isUnknown(String sensor, Instance asked) {
        HttpResponse<String> first = asked.get(path(sensor));
        HttpResponse<String> last = first.statusCode() == 307
                ? get(first.headers().firstValue("Location").orElseThrow())
                : first;
        assertThat(last.statusCode()).isEqualTo(404);
        assertThat(json(last).path("error").asString()).contains(sensor);
        assertThat(json(last).path("instances").size()).isEqualTo(2);
    }
}
