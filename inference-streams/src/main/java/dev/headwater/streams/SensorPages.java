package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.HttpRoute.Answer;
import dev.headwater.streams.HttpRoute.Request;
import dev.headwater.streams.sensors.NoAnswerException;
import dev.headwater.streams.sensors.SensorDescriber;
import dev.headwater.streams.sensors.SensorDetail;
import dev.headwater.streams.sensors.SensorList;
import dev.headwater.streams.sensors.SensorQuery;
import dev.headwater.streams.sensors.SensorSummary;
import dev.headwater.streams.state.Sensors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The pages `/sensors` and `/sensors/ID`: what a stream remembers of its sensors, as JSON. Thread-safe.
final class SensorPages {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final String PATH = "/sensors";
    private static final int GOOD = 200;
    private static final int MOVED_FOR_NOW = 307;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_NOW = 503;

    private final SensorNetwork network;
    private final SensorDescriber describer;
    private final Supplier<@Nullable StreamApp> stream;

    /// @param stream null while there is none
    SensorPages(SensorNetwork network, Supplier<@Nullable StreamApp> stream) {
        this.network = network;
        this.describer = new SensorDescriber(network);
        this.stream = stream;
    }

    List<HttpRoute> routes() {
        return List.of(HttpRoute.get(PATH, this::list), HttpRoute.get(PATH + "/*", this::one));
    }

    private interface Question {

        Answer ask(StreamApp app) throws InterruptedException;
    }

    private record Moved(String error, String instance) {}

    private record Unknown(String error, List<String> instances) {}

    /// The sensors of this instance.
    private Answer list(Request request) {
        SensorQuery query;
        try {
            query = ListParameters.parse(request.query());
        } catch (IllegalArgumentException e) {
            return error(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return answer(app -> json(GOOD, list(query, app)));
    }

    private SensorList list(SensorQuery query, StreamApp app) throws InterruptedException {
        List<SensorQuery.Found> found =
                app.inquiries().ask(sensors -> query.find(sensors, describer, network.clock()), ANSWER_WITHIN);
        List<SensorSummary> first = query.merge(found);
        return new SensorList(
                network.name(),
                app.instances().own(),
                app.instances().all(),
                SensorQuery.Found.known(found),
                query.order().word(),
                first,
                query.next(first));
    }

    /// One sensor: here, on another instance, or nowhere.
    private Answer one(Request request) {
        // A plus is no blank in a path. What is no URL never comes here: the server refuses it.
        String sensor = URLDecoder.decode(request.rest().replace("+", "%2B"), StandardCharsets.UTF_8);
        return answer(app -> one(sensor, request.path(), app));
    }

    private Answer one(String sensor, String path, StreamApp app) throws InterruptedException {
        String own = app.instances().own();
        return app.inquiries().ask(sensors -> here(sensor, sensors, own), ANSWER_WITHIN).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(found -> json(GOOD, found))
                .orElseGet(() -> elsewhere(sensor, path, app.instances()));
    }

    private Optional<SensorDetail> here(String sensor, Sensors sensors, @Nullable String own) {
        return Optional.ofNullable(sensors.find(sensor, sensors.view())).map(state -> describer.detail(state, own));
    }

    private static Answer elsewhere(String sensor, String path, Instances instances) {
        Optional<String> other = instances.otherWith(sensor);
        if (other.isEmpty()) {
            return json(NOT_FOUND, new Unknown("sensor '" + sensor + "' is not known here", instances.all()));
        }
        Answer moved = json(MOVED_FOR_NOW, new Moved("sensor '" + sensor + "' is on another instance", other.get()));
        return new Answer(
                moved.status(), moved.type(), moved.body(), Map.of("Location", "http://" + other.get() + path));
    }

    private static Answer json(int status, Object body) {
        return Answer.json(status, JsonMapper.shared().writeValueAsString(body));
    }

    private static Answer error(int status, String fault) {
        return json(status, Map.of("error", fault));
    }

    private Answer answer(Question question) {
        StreamApp app = stream.get();
        if (app == null || !app.isReady()) {
            return error(NOT_NOW, "the stream is not running yet, or its partitions move");
        }
        try {
            return question.ask(app);
        } catch (NoAnswerException e) {
            return error(NOT_NOW, Objects.requireNonNull(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(NOT_NOW, "the stream is stopping");
        } catch (IllegalStateException e) { // of Kafka Streams
            return error(NOT_NOW, "the stream is stopping");
        }
    }
}
