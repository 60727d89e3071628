package dev.headwater.dashboard.web;

import dev.headwater.bus.ClientConfig;
import dev.headwater.dashboard.ReplayControl;
import dev.headwater.dashboard.board.JsonText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The JSON API. `openapi.json` describes it.
final class Api {

    private static final String NETWORK = "/api/networks/{network}";

    /// The path of the stream of events.
    static final String EVENTS = NETWORK + "/events";

    private static final String JSON = "application/json";
    private static final double MAX_HOURS = 48;
    private static final double DEFAULT_HOURS = 6;
    private static final double LEAST_HOURS = 0.001;

    private final Map<String, NetworkService> networks;
    private final EventStream events = new EventStream();
    private final Records records;
    private final @Nullable ReplayControl replay;

    Api(Map<String, NetworkService> networks, ClientConfig client, @Nullable ReplayControl replay) {
        this.networks = networks;
        this.records = new Records(client);
        this.replay = replay;
    }

    /// A route.
    ///
    /// @param path with `{parameters}`
    record Route(HandlerType method, String path, Handler handler) {}

    void addTo(RoutesConfig config) {
        routes().forEach(route -> config.addHttpHandler(route.method, route.path, route.handler));
        config.sse(EVENTS, client -> {
            NetworkService network = service(client.ctx());
            if (network != null) {
                events.send(client, network);
            }
        });
    }

    /// All routes but the stream of events.
    List<Route> routes() {
        return List.of(
                get("/api/networks", this::networks),
                get(
                        "/api/openapi.json",
                        request -> json(request, new String(resource("/openapi.json"), StandardCharsets.UTF_8))),
                get("/api/replay", this::replay),
                new Route(HandlerType.POST, "/api/replay", this::control),
                get(NETWORK, of((request, network) -> json(request, network.definition()))),
                get(NETWORK + "/sensors", of((request, network) -> json(request, network.sensorList()))),
                get(NETWORK + "/sensors/{sensor}", of(this::sensor)),
                get(NETWORK + "/map", of(this::map)),
                get(NETWORK + "/forecasts", of(records::forecasts)),
                get(NETWORK + "/readings", of(records::readings)),
                get(NETWORK + "/models/{artefact}/card", of(this::card)));
    }

    private static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler);
    }

    /// Answers for a network.
    interface NetworkHandler {
        void handle(Context request, NetworkService network);
    }

    private Handler of(NetworkHandler handler) {
        return request -> {
            NetworkService network = service(request);
            if (network != null) {
                handler.handle(request, network);
            }
        };
    }

    /// The network of a request; null when it was answered with 404.
    private @Nullable NetworkService service(Context request) {
        String name = request.pathParam("network");
        NetworkService network = networks.get(name);
        if (network == null) {
            fault(request, 404, "network: must be one of " + networks.keySet() + ", found " + name);
        }
        return network;
    }

    private void networks(Context request) {
        record Entry(String name, String title) {}
        List<Entry> all = networks.values().stream()
                .map(service ->
                        new Entry(service.network().name(), service.network().title()))
                .toList();
        json(request, JsonText.value(Map.of("networks", all)));
    }

    private void sensor(Context request, NetworkService network) {
        String sensor = request.pathParam("sensor");
        int horizon = network.network().window().horizon();
        double hours = Parameters.number(request, "hours", DEFAULT_HOURS, LEAST_HOURS, MAX_HOURS);
        int step = Parameters.whole(request, "step", (horizon + 1) / 2, 1, horizon);
        if (network.knows(sensor)) {
            json(request, network.ask(sensors -> sensors.of(sensor, hours, step)));
        } else {
            fault(
                    request,
                    404,
                    "sensor: must be one on the topics of " + network.network().name() + ", found " + sensor);
        }
    }

    private void map(Context request, NetworkService network) {
        OptionalLong at = Parameters.time(request, "at");
        if (at.isEmpty()) {
            json(request, network.ask(sensors -> sensors.remembered()));
            return;
        }
        json(request, network.ask(sensors -> sensors.map(at.getAsLong())));
    }

    private void card(Context request, NetworkService network) {
        String artefact = request.pathParam("artefact");
        String card = network.card(artefact);
        if (card == null) {
            fault(request, 404, "artefact: must be one on the models topic, found " + artefact);
        } else {
            request.contentType("text/markdown; charset=utf-8");
            request.result(card);
        }
    }

    private void replay(Context request) {
        json(request, JsonText.value(replay == null ? null : replay.state()));
    }

    private void control(Context request) {
        String origin = request.header("Origin");
        if (origin != null && !origin.equals(request.scheme() + "://" + request.host())) {
            fault(request, 403, "origin: must be this page, found " + origin);
        } else if (replay == null) {
            fault(request, 404, "replay: this dashboard controls none");
        } else {
            ReplayCommand.read(request.body()).applyTo(replay);
            replay(request);
        }
    }

    static void json(Context request, String body) {
        request.contentType(JSON);
        request.result(body);
    }

    static void fault(Context request, int status, @Nullable String message) {
        request.status(status);
        json(request, JsonText.value(Map.of("error", String.valueOf(message))) + "\n");
    }

    /// Whether a fault was reported already, and so need not be said in general words.
    static boolean isAnswered(Context request) {
        return String.valueOf(request.res().getContentType()).startsWith(JSON);
    }

    static byte[] resource(String path) {
        try (InputStream in = Api.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
