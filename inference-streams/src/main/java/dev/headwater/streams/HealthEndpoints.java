package dev.headwater.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.forecasting.InvalidInputException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// HTTP endpoints for Prometheus and an orchestrator, `/metrics` (Prometheus text format), `/livez` and `/readyz`,
/// and for people, `/sensors`. Other paths, and methods other than GET and HEAD, are refused.
public final class HealthEndpoints implements AutoCloseable {

    /// The default host of the endpoints: only this machine can reach them.
    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final int DEFAULT_PORT = 9464;

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SENSORS = "/sensors";

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final Map<String, Supplier<HttpAnswer>> pages;
    private final SensorPages sensors;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private HealthEndpoints(HttpServer server, Map<String, Supplier<HttpAnswer>> pages, SensorPages sensors) {
        this.server = server;
        this.pages = pages;
        this.sensors = sensors;
        server.setExecutor(workers);
        server.createContext("/", this::handle); // the JDK's contexts are prefixes, not paths
    }

    /// Starts listening.
    ///
    /// @param port 0 for any free one
    /// @throws InvalidInputException when the port is taken or the host is not an address of this machine
    static HealthEndpoints start(
            String host,
            int port,
            PrometheusMeterRegistry registry,
            BooleanSupplier alive,
            BooleanSupplier ready,
            SensorPages sensors) {
        try {
            HealthEndpoints endpoints = new HealthEndpoints(
                    HttpServer.create(new InetSocketAddress(host, port), 0),
                    Map.of(
                            "/metrics", () -> new HttpAnswer(200, METRICS_TYPE, registry.scrape(), Map.of()),
                            "/livez", () -> probe(alive),
                            "/readyz", () -> probe(ready)),
                    sensors);
            endpoints.server.start();
            return endpoints;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "metrics port " + port + " on " + host + " cannot be opened (" + e.getMessage()
                            + "): choose another one, 0 for any that is free",
                    e);
        }
    }

    private static HttpAnswer probe(BooleanSupplier good) {
        return good.getAsBoolean() ? HttpAnswer.text(200, "ok\n") : HttpAnswer.text(503, "not ok\n");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answerTo(exchange));
        }
    }

    private HttpAnswer answerTo(HttpExchange exchange) {
        Supplier<HttpAnswer> page = page(exchange.getRequestURI());
        if (page == null) {
            return HttpAnswer.text(404, "not found\n");
        }
        return switch (exchange.getRequestMethod()) {
            case GET, HEAD -> page.get();
            default -> {
                exchange.getResponseHeaders().set("Allow", GET + ", " + HEAD);
                yield HttpAnswer.text(405, "only " + GET + " and " + HEAD + "\n");
            }
        };
    }

    private @Nullable Supplier<HttpAnswer> page(URI uri) {
        String path = uri.getRawPath();
        if (path.equals(SENSORS)) {
            return () -> sensors.list(uri.getRawQuery());
        }
        if (path.startsWith(SENSORS + "/")) {
            return () -> sensors.one(path.substring(SENSORS.length() + 1), path);
        }
        return pages.get(path);
    }

    private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (exchange.getRequestMethod().equals(HEAD)) {
            // The length that GET would return. Passed as an argument, it would make the JDK expect a body and
            // warn.
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }
}
