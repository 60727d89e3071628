package dev.headwater.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.streams.HttpRoute.Answer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// HTTP endpoints for Prometheus and an orchestrator: `/metrics` (Prometheus text format), `/livez` and `/readyz`, and
/// routes of the service itself. Other paths and methods are refused, and so is a `POST` that a web page sends.
public final class HealthEndpoints implements AutoCloseable {

    /// The default host of the endpoints: only this machine can reach them.
    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final int DEFAULT_PORT = 9464;

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String HEAD = "HEAD";
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final List<HttpRoute> routes;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private HealthEndpoints(HttpServer server, List<HttpRoute> routes) {
        this.server = server;
        this.routes = routes;
        server.setExecutor(workers);
        server.createContext("/", this::handle); // the JDK's contexts are prefixes, not paths
    }

    /// Starts listening.
    ///
    /// @param port 0 for any free one
    /// @param more routes of the service, the first that matches answers
    /// @throws InvalidInputException when the port is taken or the host is not an address of this machine
    public static HealthEndpoints start(
            String host,
            int port,
            PrometheusMeterRegistry registry,
            BooleanSupplier alive,
            BooleanSupplier ready,
            List<HttpRoute> more) {
        List<HttpRoute> routes = new ArrayList<>(List.of(
                HttpRoute.get("/metrics", all -> new Answer(200, METRICS_TYPE, registry.scrape())),
                HttpRoute.get("/livez", all -> probe(alive)),
                HttpRoute.get("/readyz", all -> probe(ready))));
        routes.addAll(more);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            HealthEndpoints endpoints = new HealthEndpoints(server, List.copyOf(routes));
            server.start();
            return endpoints;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "metrics port " + port + " on " + host + " cannot be opened (" + e.getMessage()
                            + "): choose another one, 0 for any that is free",
                    e);
        }
    }

    private static Answer probe(BooleanSupplier good) {
        return good.getAsBoolean() ? Answer.text(200, "ok\n") : Answer.text(503, "not ok\n");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answerTo(exchange));
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        List<HttpRoute> matching =
                routes.stream().filter(route -> route.matches(path)).toList();
        if (matching.isEmpty()) {
            return Answer.text(404, "not found\n");
        }
        String method = exchange.getRequestMethod().equals(HEAD) ? HttpRoute.GET : exchange.getRequestMethod();
        for (HttpRoute route : matching) {
            if (route.method().equals(method)) {
                return isOfAPage(exchange, route)
                        ? Answer.text(403, "not from a web page\n")
                        : route.answer(exchange.getRequestURI());
            }
        }
        exchange.getResponseHeaders().set("Allow", allowed(matching, ", "));
        return Answer.text(405, "only " + allowed(matching, " and ") + "\n");
    }

    /// A browser names the page whose script sends a request. Any page may send one to this machine's own address.
    private static boolean isOfAPage(HttpExchange exchange, HttpRoute route) {
        return !route.isGet() && exchange.getRequestHeaders().containsKey("Origin");
    }

    private static String allowed(List<HttpRoute> routes, String between) {
        return routes.stream()
                .flatMap(route -> route.isGet() ? Stream.of(HttpRoute.GET, HEAD) : Stream.of(route.method()))
                .collect(Collectors.joining(between));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
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
