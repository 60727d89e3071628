package dev.headwater.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.forecasting.InvalidInputException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// What Prometheus and an orchestrator ask: `/metrics` (Prometheus text format), `/livez` and `/readyz`.
public final class HealthEndpoints implements AutoCloseable {

    /// Where the endpoints listen when nothing else is said: this machine alone.
    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final int DEFAULT_PORT = 9464;

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private HealthEndpoints(HttpServer server) {
        this.server = server;
        server.setExecutor(workers);
    }

    /// Starts listening.
    ///
    /// @param port 0 for any free one
    /// @throws InvalidInputException when the port is taken or the host is none of this machine
    public static HealthEndpoints start(
            String host, int port, PrometheusMeterRegistry registry, BooleanSupplier alive, BooleanSupplier ready) {
        try {
            HealthEndpoints endpoints = new HealthEndpoints(HttpServer.create(new InetSocketAddress(host, port), 0));
            endpoints.server.createContext(
                    "/metrics", exchange -> answer(exchange, 200, METRICS_TYPE, registry.scrape()));
            endpoints.server.createContext("/livez", exchange -> answer(exchange, alive));
            endpoints.server.createContext("/readyz", exchange -> answer(exchange, ready));
            endpoints.server.start();
            return endpoints;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "metrics port " + port + " on " + host + " cannot be opened (" + e.getMessage()
                            + "): choose another with --metrics-port, 0 for any free one",
                    e);
        }
    }

    private static void answer(HttpExchange exchange, BooleanSupplier good) throws IOException {
        boolean ok = good.getAsBoolean();
        answer(exchange, ok ? 200 : 503, TEXT_TYPE, ok ? "ok\n" : "not ok\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
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
