package dev.headwater.bus;

import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns the values of a reading into the bytes of a record and back. Sensor and time are the record's key and time.
///
/// JSON: an object with a number per measure; null or absent = missing; other fields are ignored, so that producers may
/// send more. Binary: the magic byte 0x9E (which begins no UTF-8 text, hence no JSON), a version byte, a big-endian
/// float32 per measure in the network's order; NaN = missing. Thread-safe.
public final class ReadingCodec {

    static final byte MAGIC = (byte) 0x9E;
    static final byte VERSION = 1;
    private static final int HEAD_BYTES = 2;

    private final List<Measure> measures;
    private final SerializedString[] names; // [measure]
    private final PropertyNameMatcher matcher;

    public ReadingCodec(SensorNetwork network) {
        this.measures = network.measures();
        List<String> words = measures.stream().map(Measure::name).toList();
        this.names = words.stream().map(SerializedString::new).toArray(SerializedString[]::new);
        this.matcher = Json.matcher(words);
    }

    /// @param values one per measure, NaN = missing
    /// @throws BadReadingException      when a value is infinite
    /// @throws IllegalArgumentException when there is not one value per measure
    public byte[] encode(float[] values, ValueFormat format) {
        if (values.length != measures.size()) {
            throw new IllegalArgumentException("a reading has " + measures.size() + " values, found " + values.length);
        }
        for (int m = 0; m < values.length; m++) {
            requireFinite(m, values[m]);
        }
        return switch (format) {
            case JSON -> encodeJson(values);
            case BINARY -> encodeBinary(values);
        };
    }

    /// Decodes a value in the form that the record's header states; without that header the first byte decides.
    ///
    /// @return one value per measure, NaN = missing; the measure's own code for missing becomes NaN too
    /// @throws BadReadingException when the value breaks a rule of its form, or a number lies outside its
    ///                             measure's bounds; nothing else is thrown, whatever the bytes
    public float[] decode(byte @Nullable [] value, Headers headers) {
        byte[] bytes = requirePresent(value);
        return decode(bytes, ValueFormat.stated(headers).orElseGet(() -> tell(bytes)));
    }

    /// Decodes a value; its first byte decides the form.
    ///
    /// @see #decode(byte[], Headers)
    public float[] decode(byte @Nullable [] value) {
        byte[] bytes = requirePresent(value);
        return decode(bytes, tell(bytes));
    }

    private float[] decode(byte[] value, ValueFormat format) {
        float[] values = switch (format) {
            case JSON -> decodeJson(value);
            case BINARY -> decodeBinary(value);
        };
        for (int m = 0; m < values.length; m++) {
            values[m] = requireInRange(m, measures.get(m).clean(values[m]));
        }
        return values;
    }

    private static byte[] requirePresent(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadReadingException("no value");
        }
        return value;
    }

    private static ValueFormat tell(byte[] value) {
        if (value[0] == MAGIC) {
            return ValueFormat.BINARY;
        }
        for (byte b : value) {
            if (b == '{') {
                return ValueFormat.JSON;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw new BadReadingException("neither a JSON object nor the binary form: begins with "
                        + Json.quote(Arrays.copyOf(value, Math.min(value.length, 20))));
            }
        }
        throw new BadReadingException("neither a JSON object nor the binary form: only blanks");
    }

    private byte[] encodeBinary(float[] values) {
        ByteBuffer out = ByteBuffer.allocate(binaryLength()).put(MAGIC).put(VERSION);
        out.asFloatBuffer().put(values);
        return out.array();
    }

    private float[] decodeBinary(byte[] value) {
        if (value[0] != MAGIC) {
            throw new BadReadingException("binary: must begin with 0x9E, found 0x%02X".formatted(value[0]));
        }
        if (value.length > 1 && value[1] != VERSION) {
            throw new BadReadingException("binary: must be of version " + VERSION + ", found " + (value[1] & 0xFF));
        }
        if (value.length != binaryLength()) {
            throw new BadReadingException("binary: must have " + binaryLength() + " bytes for " + measures.size()
                    + " measures, found " + value.length);
        }
        float[] values = new float[measures.size()];
        ByteBuffer.wrap(value).position(HEAD_BYTES).asFloatBuffer().get(values);
        for (int m = 0; m < values.length; m++) {
            requireFinite(m, values[m]);
        }
        return values;
    }

    private int binaryLength() {
        return HEAD_BYTES + Float.BYTES * measures.size();
    }

    private byte[] encodeJson(float[] values) {
        ByteArrayBuilder out = new ByteArrayBuilder(32 * values.length);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            for (int m = 0; m < values.length; m++) {
                json.writeName(names[m]);
                if (Float.isNaN(values[m])) {
                    json.writeNull();
                } else {
                    json.writeNumber(values[m]); // as float: the shortest digits that read back the same
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private float[] decodeJson(byte[] value) {
        try (JsonParser json = Json.parser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadReadingException("not a JSON object");
            }
            float[] values = readFields(json);
            if (json.nextToken() != null) {
                throw new BadReadingException("not JSON: more after the object");
            }
            return values;
        } catch (JacksonException e) {
            throw new BadReadingException(Json.reason(e, value));
        }
    }

    private float[] readFields(JsonParser json) {
        float[] values = new float[measures.size()];
        Arrays.fill(values, Float.NaN);
        for (int field = json.nextNameMatch(matcher);
                field != PropertyNameMatcher.MATCH_END_OBJECT;
                field = json.nextNameMatch(matcher)) {
            JsonToken token = json.nextToken();
            if (field >= 0) {
                values[field] = number(json, field, token);
            } else {
                json.skipChildren();
            }
        }
        return values;
    }

    private float number(JsonParser json, int measure, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return Float.NaN;
        }
        if (!token.isNumeric()) {
            throw new BadReadingException(
                    name(measure) + ": must be a number or null, found " + Json.quote(json.getString()));
        }
        try {
            float value = json.getFloatValue();
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (InputCoercionException e) {
            // reported below
        }
        throw new BadReadingException(
                DeadLetterReason.NOT_FINITE,
                name(measure) + ": must fit a float32, found " + Json.quote(json.getString()));
    }

    private float requireFinite(int measure, float value) {
        if (Float.isInfinite(value)) {
            throw new BadReadingException(
                    DeadLetterReason.NOT_FINITE, name(measure) + ": must be finite, found " + value);
        }
        return value;
    }

    private float requireInRange(int m, float value) {
        Measure measure = measures.get(m);
        if (!measure.admits(value)) {
            throw new BadReadingException(
                    DeadLetterReason.OUT_OF_RANGE,
                    measure.name() + ": must be from " + bound(measure.min()) + " to " + bound(measure.max())
                            + ", found " + value);
        }
        return value;
    }

    private static String bound(@Nullable Float bound) {
        return bound == null ? "any" : bound.toString();
    }

    private String name(int measure) {
        return measures.get(measure).name();
    }
}
