package dev.headwater.bus;

import static dev.headwater.bus.AccuracyCodec.ARTEFACT;
import static dev.headwater.bus.AccuracyCodec.BASELINES;
import static dev.headwater.bus.AccuracyCodec.BIAS;
import static dev.headwater.bus.AccuracyCodec.COVERAGE;
import static dev.headwater.bus.AccuracyCodec.INTERVALS;
import static dev.headwater.bus.AccuracyCodec.LEVEL;
import static dev.headwater.bus.AccuracyCodec.MAE;
import static dev.headwater.bus.AccuracyCodec.MAPE;
import static dev.headwater.bus.AccuracyCodec.MODEL;
import static dev.headwater.bus.AccuracyCodec.MODELS;
import static dev.headwater.bus.AccuracyCodec.N;
import static dev.headwater.bus.AccuracyCodec.NETWORK;
import static dev.headwater.bus.AccuracyCodec.PARTITION;
import static dev.headwater.bus.AccuracyCodec.RMSE;
import static dev.headwater.bus.AccuracyCodec.ROLE;
import static dev.headwater.bus.AccuracyCodec.SPANS;
import static dev.headwater.bus.AccuracyCodec.TIME;
import static dev.headwater.bus.AccuracyCodec.WIDTH;
import static dev.headwater.bus.AccuracyCodec.WINKLER;
import static dev.headwater.bus.AccuracyCodec.ZEROS;

import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a record of live accuracy. There are few of them, so a tree is built.
final class AccuracyFields {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_STEPS = 10_000;

    private AccuracyFields() {}

    static AccuracyReport read(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadAccuracyException("no value");
        }
        try {
            JsonNode root = MAPPER.readTree(value);
            List<AccuracyReport.Model> models = new ArrayList<>();
            required(root, MODELS).forEach(model -> models.add(model(model)));
            return new AccuracyReport(
                    text(root, NETWORK), (int) count(required(root, PARTITION), PARTITION), time(root), models);
        } catch (JacksonException e) {
            throw new BadAccuracyException(Json.reason(e, value));
        }
    }

    private static AccuracyReport.Model model(JsonNode node) {
        Map<Span, AccuracySums> spans = new EnumMap<>(Span.class);
        Map<String, Span> known = AccuracyCodec.spans();
        required(node, SPANS).properties().forEach(entry -> {
            Span span = known.get(entry.getKey());
            if (span != null) {
                spans.put(span, sums(entry.getValue()));
            }
        });
        return new AccuracyReport.Model(
                text(node, MODEL), required(node, ARTEFACT).asString(""), role(node), spans);
    }

    private static AccuracyReport.Role role(JsonNode node) {
        String word = text(node, ROLE);
        for (AccuracyReport.Role role : AccuracyReport.Role.values()) {
            if (AccuracyCodec.word(role).equals(word)) {
                return role;
            }
        }
        throw new BadAccuracyException(ROLE + ": must be champion, challenger or former, found " + Json.quote(word));
    }

    private static AccuracySums sums(JsonNode node) {
        JsonNode n = required(node, N);
        if (n.isEmpty() || n.size() > MAX_STEPS) {
            throw new BadAccuracyException(N + ": must have a count per step, found " + n.size());
        }
        List<Double> levels = new ArrayList<>();
        required(node, INTERVALS).forEach(interval -> levels.add(number(required(interval, LEVEL), LEVEL)));
        AccuracySums sums = new AccuracySums(n.size(), levels);
        putErrors(sums, Scored.MODEL, node, n);
        for (Scored baseline : List.of(Scored.PERSISTENCE, Scored.YESTERDAY)) {
            JsonNode figures = required(node, BASELINES).get(baseline.word());
            if (figures != null) {
                putErrors(sums, baseline, figures, n);
            }
        }
        for (int level = 0; level < levels.size(); level++) {
            putInterval(sums, level, node.get(INTERVALS).get(level), n);
        }
        return sums;
    }

    /// @param modelCounts as those of the figures, unless these have their own
    private static void putErrors(AccuracySums sums, Scored whose, JsonNode figures, JsonNode modelCounts) {
        JsonNode counts = figures.has(N) ? figures.get(N) : modelCounts;
        for (int step = 0; step < sums.horizon(); step++) {
            long n = count(step(counts, step, N), N);
            long zeros = figures.has(ZEROS) ? count(step(figures.get(ZEROS), step, ZEROS), ZEROS) : 0;
            sums.errors(whose)
                    .put(
                            step,
                            n,
                            n - zeros,
                            number(figures, MAE, step),
                            number(figures, RMSE, step),
                            number(figures, MAPE, step),
                            number(figures, BIAS, step));
        }
    }

    private static void putInterval(AccuracySums sums, int level, JsonNode figures, JsonNode modelCounts) {
        JsonNode counts = figures.has(N) ? figures.get(N) : modelCounts;
        for (int step = 0; step < sums.horizon(); step++) {
            sums.intervals()
                    .put(
                            level,
                            step,
                            count(step(counts, step, N), N),
                            number(figures, COVERAGE, step),
                            number(figures, WIDTH, step),
                            number(figures, WINKLER, step));
        }
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new BadAccuracyException(name + ": must be there, found none");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = required(node, name);
        if (!value.isString() || value.asString().isBlank()) {
            throw wrong(name, "a text that is not empty", value);
        }
        return value.asString();
    }

    private static long time(JsonNode node) {
        String text = text(node, TIME);
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(TIME, "a time such as 2017-05-25T07:00:00Z", required(node, TIME));
        }
    }

    private static JsonNode step(JsonNode array, int step, String name) {
        JsonNode value = array.get(step);
        if (value == null) {
            throw new BadAccuracyException(name + ": must have a value per step, found " + array.size());
        }
        return value;
    }

    private static long count(JsonNode value, String name) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw wrong(name, "a whole number from 0", value);
        }
        return value.asLong();
    }

    /// A figure of a step; NaN for null.
    private static double number(JsonNode figures, String name, int step) {
        JsonNode value = step(required(figures, name), step, name);
        return value.isNull() ? Double.NaN : number(value, name);
    }

    private static double number(JsonNode value, String name) {
        if (!value.isNumber()) {
            throw wrong(name, "a number", value);
        }
        return value.asDouble();
    }

    private static BadAccuracyException wrong(String name, String rule, JsonNode found) {
        return new BadAccuracyException(name + ": must be " + rule + ", found " + Json.quote(found.toString()));
    }
}
