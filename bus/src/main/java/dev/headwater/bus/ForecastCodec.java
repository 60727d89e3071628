package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Turns a forecast into the bytes of a record and back. Thread-safe; who writes many has an [#encoder(ValueFormat)].
///
/// JSON: the form is that of `schemas/forecast.schema.json`. A forecast states when it was issued and the time from
/// step to step, so that a page needs no definition of the network to draw it: value `i` is for
/// `issuedAt + (i + 1) * intervalSeconds`. An abstained forecast has no values and says why in `abstained`. The
/// narrowest interval has fields of its own, since there was only one before 0.2; the others are in `wider`. Unknown
/// fields are ignored.
///
/// Binary: the same in fewer bytes, [ForecastBinary] has the layout. Both bring every float32 back as it was.
public final class ForecastCodec {

    private final ForecastRules rules;
    private final ForecastBinary binary;

    public ForecastCodec(SensorNetwork network) {
        this.rules = ForecastRules.of(network);
        this.binary = new ForecastBinary(rules);
    }

    /// Encodes in JSON.
    ///
    /// @throws IllegalArgumentException when a forecast has values but not one per step, or bounds of another
    ///                                  length
    public byte[] encode(Forecast forecast) {
        return encode(forecast, ValueFormat.JSON);
    }

    /// @throws IllegalArgumentException as [#encode(Forecast)], and when a text or the number of intervals is too
    ///                                  large for the binary form
    public byte[] encode(Forecast forecast, ValueFormat format) {
        return encoder(format).encode(forecast);
    }

    /// Encodes one forecast after the other, and allocates nothing but the results. It is not thread-safe.
    ///
    /// @return throws as [#encode(Forecast, ValueFormat)]
    public ForecastEncoder encoder(ValueFormat format) {
        return new ForecastEncoder(rules, format);
    }

    /// Decodes a value in the form that the record's header states; without that header the first byte decides.
    ///
    /// @see #decode(byte[])
    public Forecast decode(byte @Nullable [] value, Headers headers) {
        byte[] present = requirePresent(value);
        Optional<ValueFormat> stated = ValueFormat.stated(headers, BadForecastException::new);
        return decode(present, stated.orElseGet(() -> tell(present)));
    }

    /// Decodes a value; its first byte decides the form.
    ///
    /// @return the forecast; a step without a number is NaN
    /// @throws BadForecastException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public Forecast decode(byte @Nullable [] value) {
        byte[] present = requirePresent(value);
        return decode(present, tell(present));
    }

    private Forecast decode(byte[] value, ValueFormat format) {
        return switch (format) {
            case JSON -> decodeJson(value);
            case BINARY -> binary.read(value);
        };
    }

    private static byte[] requirePresent(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadForecastException("no value");
        }
        return value;
    }

    private static ValueFormat tell(byte[] value) {
        return value[0] == ForecastBinary.MAGIC ? ValueFormat.BINARY : ValueFormat.JSON;
    }

    private Forecast decodeJson(byte[] value) {
        try (JsonParser json = Json.parser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadForecastException("not a JSON object");
            }
            ForecastFields fields = new ForecastFields(rules);
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
