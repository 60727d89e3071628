package dev.headwater.dashboard.board;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// One sensor as JSON, and the whole map at an earlier time. Not thread-safe.
public final class SensorJson {

    private final NetworkBoard board;
    private final SensorNetwork network;
    private final WindowSpec window;

    public SensorJson(NetworkBoard board) {
        this.board = board;
        this.network = board.network();
        this.window = network.window();
    }

    /// A known sensor with its readings, forecasts and errors.
    ///
    /// @param hours of readings, at most those remembered
    /// @param step  of the forecasts that are shown beside what came, from 1
    public String of(String sensor, double hours, int step) {
        SensorTrack track = Objects.requireNonNull(board.of(sensor), sensor);
        long slots = Math.clamp(
                (long) Math.ceil(hours * 3_600_000 / network.interval().toMillis()),
                1,
                board.memory().slots());
        return JsonText.object(json -> {
            json.writeStringProperty("id", sensor);
            JsonText.time(json, "time", board.newestSlot(), board.clock());
            if (board.newestSlot() != Long.MIN_VALUE) {
                json.writeNumberProperty("intervalMillis", network.interval().toMillis());
                write(json, sensor, track, board.newestSlot() - slots + 1, step);
            }
        });
    }

    private void write(JsonGenerator json, String sensor, SensorTrack track, long from, int step) {
        long newest = board.newestSlot();
        JsonText.time(json, "from", from, board.clock());
        json.writeObjectPropertyStart("measures");
        List<Measure> measures = network.measures();
        for (int m = 0; m < measures.size(); m++) {
            int measure = m;
            slots(json, measures.get(m).name(), from, newest, slot -> track.reading(slot, measure));
        }
        json.writeEndObject();
        json.writeName("forecast");
        forecast(json, track.newestForecast());
        int lead = window.lead(step);
        json.writeObjectPropertyStart("made");
        json.writeNumberProperty("step", step);
        json.writeNumberProperty("leadMillis", lead * network.interval().toMillis());
        slots(json, "values", from, newest + lead, slot -> track.forecast(slot - lead, step));
        json.writeEndObject();
        usual(json, sensor, from, newest + window.lead(window.horizon()));
        errors(json, track);
    }

    private interface Values {
        float at(long slot);
    }

    private static void slots(JsonGenerator json, String name, long from, long to, Values values) {
        json.writeArrayPropertyStart(name);
        for (long slot = from; slot <= to; slot++) {
            JsonText.number(json, values.at(slot));
        }
        json.writeEndArray();
    }

    private void forecast(JsonGenerator json, @Nullable Forecast forecast) {
        if (forecast == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberProperty("issued", forecast.issuedAt());
        JsonText.longs(json, "leads", Leads.millis(network));
        JsonText.numbers(json, "values", forecast.values());
        json.writeArrayPropertyStart("intervals");
        for (Forecast.Interval interval : forecast.intervals()) {
            json.writeStartObject();
            json.writeNumberProperty("level", interval.level());
            JsonText.numbers(json, "lower", interval.lower());
            JsonText.numbers(json, "upper", interval.upper());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("observed", forecast.observed());
        json.writeNumberProperty("lookback", forecast.lookback());
        json.writeStringProperty("model", forecast.model());
        json.writeStringProperty("artefact", forecast.artefact());
        json.writeBooleanProperty("borrowed", forecast.borrowed());
        json.writeBooleanProperty("abstained", forecast.abstained());
        json.writeEndObject();
    }

    private void usual(JsonGenerator json, String sensor, long from, long to) {
        float[] values = new float[Math.toIntExact(to - from + 1)]; // [slot]
        boolean known = board.shelf()
                .usual()
                .map(usual -> usual.fill(sensor, from, values))
                .orElse(false);
        if (!known) {
            json.writeNullProperty("usual");
        } else {
            JsonText.numbers(json, "usual", values);
        }
    }

    private void errors(JsonGenerator json, SensorTrack track) {
        SensorErrors errors = SensorErrors.of(track, board.memory(), window);
        json.writeObjectPropertyStart("errors");
        JsonText.means(json, "model", errors.model(), errors.counts());
        JsonText.means(json, "persistence", errors.persistence(), errors.counts());
        JsonText.longs(json, "n", errors.counts());
        json.writeEndObject();
    }

    /// The times of which [#map] is remembered.
    public String remembered() {
        return JsonText.object(json -> {
            long newest = board.newestSlot();
            JsonText.time(json, "oldest", any() ? oldest() : newest, board.clock());
            JsonText.time(json, "newest", newest, board.clock());
        });
    }

    private boolean any() {
        return board.newestSlot() != Long.MIN_VALUE;
    }

    private long oldest() {
        return board.newestSlot() - board.memory().slots() + 1;
    }

    /// Values and forecasts of all sensors as they were at a time, or at the remembered one that is nearest to it.
    public String map(long time) {
        long slot = any() ? Math.clamp(board.clock().slotOf(time), oldest(), board.newestSlot()) : Long.MIN_VALUE;
        int sensors = board.sensors().size();
        return JsonText.object(json -> {
            JsonText.time(json, "time", slot, board.clock());
            json.writeArrayPropertyStart("values");
            for (int sensor = 0; sensor < sensors; sensor++) {
                JsonText.number(json, board.at(sensor).target(slot));
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("forecasts");
            for (int sensor = 0; sensor < sensors; sensor++) {
                past(json, board.at(sensor), slot);
            }
            json.writeEndArray();
        });
    }

    private void past(JsonGenerator json, SensorTrack track, long slot) {
        if (Float.isNaN(track.forecast(slot, 1))) {
            json.writeNull();
            return;
        }
        float[] values = new float[window.horizon()]; // [step]
        for (int step = 1; step <= values.length; step++) {
            values[step - 1] = track.forecast(slot, step);
        }
        JsonText.numbers(json, values);
    }
}
