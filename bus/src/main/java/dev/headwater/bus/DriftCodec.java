package dev.headwater.bus;

import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/// Turns a drift event into JSON and back; the form is that of `schemas/drift.schema.json`. Unknown fields are
/// ignored. Thread-safe.
public final class DriftCodec {

    private static final String NETWORK = "network";
    private static final String SCOPE = "scope";
    private static final String KINDS = "kinds";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CONCERNED = "concerned";
    private static final String KNOWN = "known";
    private static final String SENSORS = "sensors";

    /// Writes an event as a JSON object.
    public byte[] encode(DriftEvent event) {
        ByteArrayBuilder out = new ByteArrayBuilder(200 + 24 * event.sensors().size());
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty(NETWORK, event.network());
            json.writeStringProperty(SCOPE, event.scope().word());
            writeTexts(
                    json,
                    KINDS,
                    event.kinds().stream().map(DriftKind::word).sorted().toList());
            json.writeStringProperty(FROM, Instant.ofEpochMilli(event.from()).toString());
            json.writeStringProperty(TO, Instant.ofEpochMilli(event.to()).toString());
            json.writeNumberProperty(CONCERNED, event.concerned());
            json.writeNumberProperty(KNOWN, event.known());
            writeTexts(json, SENSORS, event.sensors());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /// @throws BadDriftException when the value breaks a rule; nothing else is thrown, whatever the bytes
    public DriftEvent decode(byte @Nullable [] value) {
        DriftFields json = DriftFields.of(value);
        EnumSet<DriftKind> kinds = EnumSet.noneOf(DriftKind.class);
        json.list(KINDS).forEach(kind -> kinds.add(kind.word(DriftKind.values(), DriftKind::word)));
        return new DriftEvent(
                json.field(NETWORK).text(),
                json.field(SCOPE).word(DriftEvent.Scope.values(), DriftEvent.Scope::word),
                kinds,
                json.field(FROM).time(),
                json.field(TO).time(),
                json.field(CONCERNED).count(1),
                json.field(KNOWN).count(1),
                json.list(SENSORS).stream().map(DriftFields::text).toList());
    }
}
