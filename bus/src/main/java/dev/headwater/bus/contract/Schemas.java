package dev.headwater.bus.contract;

import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The published JSON Schemas (draft 2020-12) of the values on the bus, as text.
public final class Schemas {

    private static final String MEASURE = """
                "%s": {
                  "description": "unit: %s%s",
                  "$ref": "#/$defs/measure"
                }""";

    private Schemas() {}

    /// The schema of a reading of any network: an object whose measures are numbers or null.
    public static String reading() {
        return resource("reading.schema.json");
    }

    /// The schema of a reading of this network, with its measures by name and unit.
    public static String reading(SensorNetwork network) {
        String properties =
                network.measures().stream().map(Schemas::property).collect(Collectors.joining(",\n", "{\n", "\n  }"));
        return reading().replace("\"properties\": {}", "\"properties\": " + properties);
    }

    /// The schema of a forecast.
    public static String forecast() {
        return resource("forecast.schema.json");
    }

    /// The schema of a keyword event.
    public static String keyword() {
        return resource("keyword.schema.json");
    }

    /// The schema of a record of live accuracy.
    public static String accuracy() {
        return resource("accuracy.schema.json");
    }

    /// The schema of a drift event.
    public static String drift() {
        return resource("drift.schema.json");
    }

    private static String property(Measure measure) {
        String unit = measure.unit().replace("\\", "\\\\").replace("\"", "\\\"");
        String rules = sentinel(measure) + bound("below", measure.min()) + bound("above", measure.max());
        return MEASURE.formatted(measure.name(), unit, rules).indent(4).stripTrailing();
    }

    private static String sentinel(Measure measure) {
        return measure.missing() == null ? "" : "; " + measure.missing() + " means missing";
    }

    private static String bound(String side, @Nullable Float bound) {
        return bound == null ? "" : "; refused " + side + " " + bound;
    }

    private static String resource(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + name)) {
            if (in == null) {
                throw new IllegalStateException("schema " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("schema " + name + " cannot be read", e);
        }
    }
}
