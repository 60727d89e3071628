package dev.headwater.dashboard.board;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// JSON in which a missing number is `null`.
public final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonText() {}

    /// An object with the fields that `fields` writes.
    public static String object(Consumer<JsonGenerator> fields) {
        return text(json -> {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        });
    }

    /// A value that `content` writes.
    public static String text(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            content.accept(json);
        }
        return text.toString();
    }

    /// Any value that has a JSON form of its own; `null` for null.
    public static String value(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// A reading: its time and a number per measure.
    ///
    /// @param values `[measure]`, NaN = missing; empty at the end of a source of sound
    public static String reading(SensorNetwork network, long time, float[] values) {
        return object(json -> {
            json.writeNumberProperty("time", time);
            for (int m = 0; m < values.length; m++) {
                json.writeName(network.measures().get(m).name());
                number(json, values[m]);
            }
        });
    }

    static void number(JsonGenerator json, float value) {
        if (Float.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    static void number(JsonGenerator json, double value) {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    static void numbers(JsonGenerator json, float[] values) {
        json.writeStartArray();
        for (float value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    static void numbers(JsonGenerator json, String name, float[] values) {
        json.writeName(name);
        numbers(json, values);
    }

    /// Means `sums[i] / counts[i]`.
    static void means(JsonGenerator json, String name, double[] sums, long[] counts) {
        json.writeArrayPropertyStart(name);
        for (int i = 0; i < sums.length; i++) {
            number(json, counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
        }
        json.writeEndArray();
    }

    static void longs(JsonGenerator json, String name, long[] values) {
        json.writeName(name);
        json.writeArray(values, 0, values.length);
    }

    /// @param texts null for `null`
    static void texts(JsonGenerator json, String name, @Nullable List<String> texts) {
        if (texts == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /// The start of a slot; `Long.MIN_VALUE` becomes `null`.
    static void time(JsonGenerator json, long slot, SlotClock clock) {
        if (slot == Long.MIN_VALUE) {
            json.writeNull();
        } else {
            json.writeNumber(clock.startMillis(slot));
        }
    }

    static void time(JsonGenerator json, String name, long slot, SlotClock clock) {
        json.writeName(name);
        time(json, slot, clock);
    }
}
