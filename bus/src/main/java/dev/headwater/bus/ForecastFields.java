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

    private final int horizon;
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
                case ForecastCodec.LOWER -> lower = floats(json, name);
                case ForecastCodec.UPPER -> upper = floats(json, name);
                case ForecastCodec.LEVEL -> level = level(json, name);
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
            float[] low = RULES.required(ForecastCodec.LOWER, lower);
            float[] high = RULES.required(ForecastCodec.UPPER, upper);
            if (low.length != steps || high.length != steps) {
                throw new BadForecastException("lower, upper: must have one bound per value, found " + low.length
                        + " and " + high.length + " for " + steps);
            }
            return new Interval(RULES.required(ForecastCodec.LEVEL, level), low, high);
        }
    }

    ForecastFields(int horizon) {
        this.horizon = horizon;
    }

    /// Reads the value at the parser's position.
    void read(JsonParser json, String name) {
        switch (name) {
            case ForecastCodec.SENSOR -> sensor = RULES.text(json, name);
            case ForecastCodec.ISSUED_AT -> issuedAt = RULES.instant(json, name);
            case ForecastCodec.VALUES -> values = floats(json, name);
            case ForecastCodec.WIDER -> wider = wider(json);
            case ForecastCodec.OBSERVED -> observed = count(json, name);
            case ForecastCodec.LOOKBACK -> lookback = count(json, name);
            case ForecastCodec.MODEL -> model = RULES.text(json, name);
            case ForecastCodec.ARTEFACT -> artefact = RULES.text(json, name);
            case ForecastCodec.PROFILE -> borrowed = RULES.text(json, name).equals(ForecastCodec.BORROWED);
            default -> {
                if (!narrowest.read(json, name)) {
                    json.skipChildren(); // a later version may send more
                }
            }
        }
    }

    /// Checks the fields together.
    Forecast toForecast() {
        float[] steps = RULES.required(ForecastCodec.VALUES, values);
        if (steps.length != 0 && steps.length != horizon) {
            throw new BadForecastException("values: must be none or " + horizon + ", found " + steps.length);
        }
        int slots = RULES.required(ForecastCodec.LOOKBACK, lookback);
        int seen = RULES.required(ForecastCodec.OBSERVED, observed);
        if (seen > slots) {
            throw new BadForecastException("observed: must be at most lookback " + slots + ", found " + seen);
        }
        return new Forecast(
                RULES.required(ForecastCodec.SENSOR, sensor),
                RULES.required(ForecastCodec.ISSUED_AT, issuedAt),
                steps,
                intervals(steps.length),
                seen,
                slots,
                RULES.required(ForecastCodec.MODEL, model),
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
            throw RULES.wrong(json, ForecastCodec.WIDER, "a list of intervals");
        }
        List<Bounds> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw RULES.wrong(json, ForecastCodec.WIDER, "a list of intervals");
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
            if (level > 0 && level < 1) {
                return level;
            }
        }
        throw RULES.wrong(json, name, "a probability between 0 and 1");
    }

    private float[] floats(JsonParser json, String name) {
        if (!json.isExpectedStartArrayToken()) {
            throw RULES.wrong(json, name, "a list of numbers");
        }
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
