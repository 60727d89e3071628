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
            List.of(
                    HttpRoute.get("/things", all -> HttpRoute.Answer.json(200, "[]")),
                    HttpRoute.get("/things/*", one -> HttpRoute.Answer.text(200, one.rest())),
                    HttpRoute.post("/go", all -> HttpRoute.Answer.json(202, "{}")),
                    HttpRoute.post("/things", all -> HttpRoute.Answer.text(201, "made"))));
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

    @Test
    void answersTheRoutesOfItsService() throws Exception {
        // When / Then
        assertThat(ask("GET", "/things").body()).isEqualTo("[]\n");
        assertThat(ask("GET", "/things/a%2Fb").body()).isEqualTo("a%2Fb");
        assertThat(ask("GET", "/things/").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/go").statusCode()).isEqualTo(202);
        assertThat(ask("POST", "/things").body()).isEqualTo("made");
        assertThat(ask("GET", "/go").headers().allValues("Allow")).containsExactly("POST");
        assertThat(ask("DELETE", "/things").headers().allValues("Allow")).containsExactly("GET, HEAD, POST");
    }

    /// A page in a browser can send a POST to the user's own machine.
    @Test
    void takesNoPostOfAWebPage() throws Exception {
        // When
        String found = raw("POST /go HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nConnection: close\r\n\r\n");
        String read = raw("GET /things HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(found).startsWith("HTTP/1.1 403 ");
        assertThat(read).startsWith("HTTP/1.1 200 ");
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
