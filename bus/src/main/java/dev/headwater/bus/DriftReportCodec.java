package dev.headwater.bus;

import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.drift.DriftReport;
import dev.headwater.forecasting.drift.DriftSign;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns a report about drift into JSON and back. The stream alone writes and reads it. Thread-safe.
public final class DriftReportCodec {

    private static final String PART = "part";
    private static final String REACHED = "reached";
    private static final String SENSORS = "sensors";
    private static final String SENSOR = "sensor";
    private static final String KIND = "kind";
    private static final String TIME = "time";

    /// Writes a report as a JSON object.
    public byte[] encode(DriftReport report) {
        ByteArrayBuilder out = new ByteArrayBuilder(200);
        DriftSign sign = report.sign();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeNumberProperty(PART, report.part());
            json.writeStringProperty(
                    REACHED, Instant.ofEpochMilli(report.reached()).toString());
            json.writeNumberProperty(SENSORS, report.sensors());
            if (sign != null) {
                json.writeStringProperty(SENSOR, sign.sensor());
                json.writeStringProperty(KIND, sign.kind().word());
                json.writeStringProperty(TIME, Instant.ofEpochMilli(sign.time()).toString());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /// @throws BadDriftException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public DriftReport decode(byte @Nullable [] value) {
        DriftFields json = DriftFields.of(value);
        return new DriftReport(
                json.field(PART).count(0),
                json.field(REACHED).time(),
                json.field(SENSORS).count(0),
                json.has(SENSOR) ? sign(json) : null);
    }

    private static DriftSign sign(DriftFields json) {
        return new DriftSign(
                json.field(SENSOR).text(),
                json.field(KIND).word(DriftKind.values(), DriftKind::word),
                json.field(TIME).time());
    }
}
