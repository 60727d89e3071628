package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/// The fields of one forecast that have been read so far, in any order.
final class ForecastFields {

    private static final FieldRules RULES = new FieldRules(BadForecastException::new, "2017-05-25T07:00:00Z");

    private final ForecastRules rules;
    private @Nullable String sensor;
    private @Nullable Long issuedAt;
    private float @Nullable [] values; // [horizon], or [0] when abstained
    private final Bounds narrowest = new Bounds();
    private List<Bounds> wider = List.of();
    private @Nullable Integer observed;
    private @Nullable Integer lookback;
    private @Nullable String model;
    private String artefact = "";
    private boolean borrowed;

    /// The bounds of one level, as far as they have been read.
    private final class Bounds {
        private float @Nullable [] lower; // [horizon]
        private float @Nullable [] upper; // [horizon]
        private @Nullable Double level;

        /// @return false when the field is no bound
        boolean read(JsonParser json, String name) {
            switch (name) {
                case ForecastJson.LOWER -> lower = floats(json, name);
                case ForecastJson.UPPER -> upper = floats(json, name);
                case ForecastJson.LEVEL -> level = level(json, name);
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean isEmpty() {
            return lower == null && upper == null && level == null;
        }

        Interval toInterval(int steps) {
            float[] low = RULES.required(ForecastJson.LOWER, lower);
            float[] high = RULES.required(ForecastJson.UPPER, upper);
            if (low.length != steps || high.length != steps) {
                throw new BadForecastException("lower, upper: must have one bound per value, found " + low.length
                        + " and " + high.length + " for " + steps);
            }
            return new Interval(RULES.required(ForecastJson.LEVEL, level), low, high);
        }
    }

    ForecastFields(ForecastRules rules) {
        this.rules = rules;
    }

    /// Reads the value at the parser's position.
    void read(JsonParser json, String name) {
        switch (name) {
            case ForecastJson.SENSOR -> sensor = RULES.text(json, name);
            case ForecastJson.ISSUED_AT -> issuedAt = RULES.instant(json, name);
            case ForecastJson.VALUES -> values = floats(json, name);
            case ForecastJson.WIDER -> wider = wider(json);
            case ForecastJson.OBSERVED -> observed = count(json, name);
            case ForecastJson.LOOKBACK -> lookback = count(json, name);
            case ForecastJson.MODEL -> model = RULES.text(json, name);
            case ForecastJson.ARTEFACT -> artefact = RULES.text(json, name);
            case ForecastJson.PROFILE -> borrowed = RULES.text(json, name).equals(ForecastJson.BORROWED);
            default -> {
                if (!narrowest.read(json, name)) {
                    json.skipChildren(); // a later version may send more
                }
            }
        }
    }

    /// Checks the fields together.
    Forecast toForecast() {
        float[] steps = RULES.required(ForecastJson.VALUES, values);
        rules.requireSteps(steps.length);
        int slots = RULES.required(ForecastJson.LOOKBACK, lookback);
        int seen = RULES.required(ForecastJson.OBSERVED, observed);
        ForecastRules.requireObserved(seen, slots);
        return new Forecast(
                RULES.required(ForecastJson.SENSOR, sensor),
                RULES.required(ForecastJson.ISSUED_AT, issuedAt),
                steps,
                intervals(steps.length),
                seen,
                slots,
                RULES.required(ForecastJson.MODEL, model),
                artefact,
                borrowed);
    }

    private List<Interval> intervals(int steps) {
        if (narrowest.isEmpty() && wider.isEmpty()) {
            return List.of();
        }
        List<Interval> all = new ArrayList<>(1 + wider.size());
        all.add(narrowest.toInterval(steps));
        wider.forEach(bounds -> all.add(bounds.toInterval(steps)));
        return List.copyOf(all);
    }

    private List<Bounds> wider(JsonParser json) {
        if (!json.isExpectedStartArrayToken()) {
            throw RULES.wrong(json, ForecastJson.WIDER, "a list of intervals");
        }
        List<Bounds> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw RULES.wrong(json, ForecastJson.WIDER, "a list of intervals");
            }
            Bounds bounds = new Bounds();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                if (!bounds.read(json, name)) {
                    json.skipChildren();
                }
            }
            list.add(bounds);
        }
        return list;
    }

    private static int count(JsonParser json, String name) {
        try {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getIntValue() >= 0) {
                return json.getIntValue();
            }
        } catch (InputCoercionException e) {
            throw RULES.wrong(json, name, "a whole number below 2^31");
        }
        throw RULES.wrong(json, name, "a whole number from 0");
    }

    private static double level(JsonParser json, String name) {
        if (json.currentToken().isNumeric()) {
            double level = json.getDoubleValue();
            if (ForecastRules.isLevel(level)) {
                return level;
            }
        }
        throw RULES.wrong(json, name, "a probability between 0 and 1");
    }

    private float[] floats(JsonParser json, String name) {
        if (!json.isExpectedStartArrayToken()) {
            throw RULES.wrong(json, name, "a list of numbers");
        }
        int horizon = rules.horizon();
        float[] list = new float[horizon];
        int n = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (n == horizon) {
                throw new BadForecastException(name + ": must be at most " + horizon + " numbers, found more");
            }
            list[n++] = number(json, name);
        }
        return Arrays.copyOf(list, n);
    }

    private static float number(JsonParser json, String name) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Float.NaN;
        }
        try {
            if (json.currentToken().isNumeric() && Float.isFinite(json.getFloatValue())) {
                return json.getFloatValue();
            }
        } catch (InputCoercionException e) {
            throw RULES.wrong(json, name, "numbers that fit a float32");
        }
        throw RULES.wrong(json, name, "a list of finite numbers or null");
    }
}
