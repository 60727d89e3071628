package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns a forecast into JSON and back; the form is that of `schemas/forecast.schema.json`. Thread-safe.
///
/// A forecast states when it was issued and the time from step to step, so that a page needs no definition of
/// the network to draw it: value `i` is for `issuedAt + (i + 1) * intervalSeconds`. An abstained forecast has
/// no values and says why in `abstained`. The narrowest interval has fields of its own, since there was only one
/// before 0.2; the others are in `wider`. Unknown fields are ignored.
public final class ForecastCodec {

    static final String SENSOR = "sensor";
    static final String ISSUED_AT = "issuedAt";
    static final String INTERVAL_SECONDS = "intervalSeconds";
    static final String VALUES = "values";
    static final String LOWER = "lower";
    static final String UPPER = "upper";
    static final String LEVEL = "level";
    static final String WIDER = "wider";
    static final String OBSERVED = "observed";
    static final String LOOKBACK = "lookback";
    static final String MODEL = "model";
    static final String ARTEFACT = "artefact";
    static final String PROFILE = "profile";
    static final String BORROWED = "borrowed";
    static final String ABSTAINED = "abstained";
    private static final double MILLIS = 1000;

    private final long intervalMillis;
    private final int horizon;
    private final GapPolicy gap;

    public ForecastCodec(SensorNetwork network) {
        this.intervalMillis = network.window().lead(1) * network.interval().toMillis();
        this.horizon = network.window().horizon();
        this.gap = network.gap();
    }

    /// @throws IllegalArgumentException when a forecast has values but not one per step, or bounds of another
    ///                                  length
    public byte[] encode(Forecast forecast) {
        requireSteps(forecast);
        int lists = 1 + 2 * forecast.intervals().size();
        ByteArrayBuilder out = new ByteArrayBuilder(250 + 11 * lists * forecast.values().length);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty(SENSOR, forecast.sensor());
            json.writeStringProperty(
                    ISSUED_AT, Instant.ofEpochMilli(forecast.issuedAt()).toString());
            writeInterval(json);
            writeFloats(json, VALUES, forecast.values());
            writeIntervals(json, forecast.intervals());
            json.writeNumberProperty(OBSERVED, forecast.observed());
            json.writeNumberProperty(LOOKBACK, forecast.lookback());
            json.writeStringProperty(MODEL, forecast.model());
            if (!forecast.artefact().isEmpty()) {
                json.writeStringProperty(ARTEFACT, forecast.artefact());
            }
            if (forecast.borrowed()) {
                json.writeStringProperty(PROFILE, BORROWED);
            }
            if (forecast.abstained()) {
                json.writeStringProperty(ABSTAINED, why(forecast));
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private String why(Forecast abstained) {
        return gap.abstains(abstained.observed(), abstained.lookback())
                ? abstained.observed() + " of " + abstained.lookback() + " slots observed"
                : "the model gave no numbers";
    }

    private void requireSteps(Forecast forecast) {
        int values = forecast.values().length;
        boolean sameLength = forecast.intervals().stream()
                .allMatch(bounds -> bounds.lower().length == values && bounds.upper().length == values);
        if ((values != 0 && values != horizon) || !sameLength) {
            throw new IllegalArgumentException("a forecast and its bounds have " + horizon
                    + " values each, or none, found " + values + " for " + forecast.sensor());
        }
    }

    private void writeInterval(JsonGenerator json) {
        if (intervalMillis % 1000 == 0) {
            json.writeNumberProperty(INTERVAL_SECONDS, intervalMillis / 1000);
        } else {
            json.writeNumberProperty(INTERVAL_SECONDS, intervalMillis / MILLIS);
        }
    }

    private static void writeIntervals(JsonGenerator json, List<Interval> intervals) {
        if (!intervals.isEmpty()) {
            writeBounds(json, intervals.getFirst());
        }
        if (intervals.size() > 1) {
            json.writeArrayPropertyStart(WIDER);
            for (int i = 1; i < intervals.size(); i++) {
                json.writeStartObject();
                writeBounds(json, intervals.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void writeBounds(JsonGenerator json, Interval interval) {
        writeFloats(json, LOWER, interval.lower());
        writeFloats(json, UPPER, interval.upper());
        json.writeNumberProperty(LEVEL, interval.level());
    }

    private static void writeFloats(JsonGenerator json, String name, float[] values) {
        json.writeArrayPropertyStart(name);
        for (float value : values) {
            if (Float.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull(); // JSON has no NaN, and one bad step must not spoil the others
            }
        }
        json.writeEndArray();
    }

    /// @return the forecast; a step without a number is NaN
    /// @throws BadForecastException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public Forecast decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadForecastException("no value");
        }
        try (JsonParser json = Json.parser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadForecastException("not a JSON object");
            }
            ForecastFields fields = new ForecastFields(horizon);
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                fields.read(json, name);
            }
            if (json.nextToken() != null) {
                throw new BadForecastException("not JSON: more after the object");
            }
            return fields.toForecast();
        } catch (JacksonException e) {
            throw new BadForecastException(Json.reason(e, value));
        }
    }
}
