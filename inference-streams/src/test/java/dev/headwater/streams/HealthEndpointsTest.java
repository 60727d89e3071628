package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthEndpointsTest {

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final HealthEndpoints endpoints = HealthEndpoints.start(
            HealthEndpoints.DEFAULT_HOST,
            0,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> true,
            ready::get,
            new SensorPages(StreamFixture.NETWORK, () -> null));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        endpoints.close();
    }

    @Test
    void answersGetOnItsPaths() throws Exception {
        // Given a stream that is alive and loses its readiness / When asked / Then
        assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/livez").body()).isEqualTo("ok\n");
        assertThat(ask("GET", "/readyz?verbose").body()).isEqualTo("ok\n");
        ready.set(false);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/readyz").body()).isEqualTo("not ok\n");
    }

    @Test
    void tellsThatThereIsNoStreamYet() throws Exception {
        for (String path : List.of("/sensors", "/sensors/400001")) {
            // When
            HttpResponse<String> answer = ask("GET", path);
            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .startsWith("{\"error\":\"the stream is not running yet")
                    .hasLineCount(1);
        }
        assertThat(ask("GET", "/sensors?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesOtherPaths() throws Exception {
        // Given paths that only begin like a served one, or are not served
        for (String path :
                List.of("/", "/metricsx", "/metrics/", "/livez/../metrics", "/livez/x", "/%6Civez", "//livez")) {
            // When / Then
            assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(404);
            assertThat(ask("POST", path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void refusesOtherMethods() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get")) {
            // When
            HttpResponse<String> answer = ask(method, "/metrics");
            // Then
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().allValues("Allow")).as(method).containsExactly("GET, HEAD");
        }
    }

    /// Over a plain socket: an HTTP client would hide a body that must not be there.
    @Test
    void answersHeadWithoutABodyOrAWarning() throws Exception {
        // Given
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("com.sun.net.httpserver");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            // When
            String found = raw("HEAD /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String missing = raw("HEAD /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            // Then
            assertThat(found).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: 3\r\n");
            assertThat(missing).startsWith("HTTP/1.1 404 ");
            assertThat(List.of(found, missing))
                    .allSatisfy(answer -> assertThat(answer).endsWith("\r\n\r\n"));
            assertThat(warnings).isEmpty();
        } finally {
            logger.removeHandler(handler);
        }
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI uri = URI.create("http://" + HealthEndpoints.DEFAULT_HOST + ":" + endpoints.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(HealthEndpoints.DEFAULT_HOST, endpoints.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
