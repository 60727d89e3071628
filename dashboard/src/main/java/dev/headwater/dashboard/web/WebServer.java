package dev.headwater.dashboard.web;

import dev.headwater.bus.ClientConfig;
import dev.headwater.dashboard.ReplayControl;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The dashboard's web server: the page, its scripts, and the API beneath `/api`.
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int TICK_MILLIS = 250;
    private static final long MAX_BODY = 1_000; // bytes; a command to the replay is shorter
    private static final String PAGE = "/page";

    /// The page needs nothing but its own files, and no other site may show it in a frame.
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-cache");

    private final Javalin server;
    private final Map<String, NetworkService> networks;
    private final ScheduledExecutorService ticker;
    private final String host;

    private WebServer(
            Javalin server, Map<String, NetworkService> networks, ScheduledExecutorService ticker, String host) {
        this.server = server;
        this.networks = networks;
        this.ticker = ticker;
        this.host = host;
    }

    /// Starts the server, and follows the topics.
    ///
    /// @param port   0 for any free one
    /// @param replay what the page may control; null for nothing
    /// @throws InvalidInputException when the port is taken or the host is not an address of this machine
    public static WebServer start(
            ClientConfig client, List<SensorNetwork> networks, String host, int port, @Nullable ReplayControl replay) {
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Map<String, NetworkService> services = new LinkedHashMap<>();
        Javalin server = Javalin.create(config -> configure(config, new Api(services, client, replay)));
        networks.forEach(network -> services.put(network.name(), new NetworkService(client, network, replay, run)));
        try {
            server.start(host, port);
        } catch (JavalinException e) {
            services.values().forEach(NetworkService::close);
            throw new InvalidInputException(
                    "dashboard port " + port + " on " + host + " cannot be opened (" + root(e)
                            + "): choose another one, 0 for any that is free",
                    e);
        }
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("headwater-dashboard-ticker").factory());
        ticker.scheduleWithFixedDelay(
                () -> services.values().forEach(WebServer::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return new WebServer(server, services, ticker, host);
    }

    /// Javalin itself takes every failure for a port that is taken.
    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static void tick(NetworkService service) {
        try {
            service.tick();
        } catch (RuntimeException e) { // if it ended, all pages would stand still
            LOG.error(
                    "network {}: its pages cannot be brought up to date",
                    service.network().name(),
                    e);
        }
    }

    private static void configure(JavalinConfig config, Api api) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.generateEtags = true;
        config.http.maxRequestSize = MAX_BODY;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.staticFiles.add(files -> {
            files.hostedPath = PAGE;
            files.directory = PAGE;
            files.location = Location.CLASSPATH;
            files.headers = new HashMap<>(HEADERS);
        });
        config.staticFiles.enableWebjars();
        config.routes.before(request -> HEADERS.forEach(request::header));
        config.routes.get("/", WebServer::page);
        config.routes.exception(InvalidInputException.class, (e, request) -> Api.fault(request, 400, e.getMessage()));
        config.routes.exception(Exception.class, (e, request) -> {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            Api.fault(request, 500, "the server failed; its log says why");
        });
        config.routes.error(404, request -> {
            if (!Api.isAnswered(request)) {
                Api.fault(request, 404, request.path() + ": nothing is there");
            }
        });
        api.addTo(config.routes);
    }

    private static void page(Context request) {
        request.contentType("text/html; charset=utf-8");
        request.result(Api.resource(PAGE + "/index.html"));
    }

    /// The page's address.
    public String address() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + shown + ":" + server.port() + "/";
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        networks.values().forEach(NetworkService::close); // ends the events, so that the server need not wait
        server.stop();
    }
}
