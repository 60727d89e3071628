package dev.headwater.dashboard.board;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The whole state of a board and its changes as JSON, for the page's stream of events. Not thread-safe.
public final class BoardJson {

    private final NetworkBoard board;
    private final Map<String, Sensor> places;
    private final String run;

    /// @param run tells runs of the server apart
    public BoardJson(NetworkBoard board, String run) {
        this.board = board;
        this.places = board.network().sensors().stream().collect(Collectors.toMap(Sensor::id, Function.identity()));
        this.run = run;
    }

    /// Everything that a page needs to begin.
    ///
    /// @param scale  null before the first reading
    /// @param more   further fields, already JSON, by name
    public String snapshot(@Nullable ValueScale scale, Map<String, String> more) {
        return JsonText.object(json -> {
            json.writeStringProperty("run", run + "-" + board.epoch());
            json.writeName("network");
            definition(json);
            sensors(json, 0);
            range(json, scale);
            state(json, IntStream.range(0, board.sensors().size()).toArray());
            more.forEach((name, value) -> {
                json.writeName(name);
                json.writeRawValue(value);
            });
        });
    }

    /// The state of the sensors that have changed.
    public String delta(BitSet sensors) {
        int[] changed = sensors.stream().toArray();
        return JsonText.object(json -> {
            json.writeName("sensors");
            json.writeArray(changed, 0, changed.length);
            state(json, changed);
        });
    }

    /// The sensors from an index on.
    public String added(int from) {
        return JsonText.object(json -> {
            json.writeNumberProperty("from", from);
            sensors(json, from);
        });
    }

    public String range(@Nullable ValueScale scale) {
        return JsonText.object(json -> range(json, scale));
    }

    /// The network's definition, as far as a page needs it.
    public String definition() {
        return JsonText.text(this::definition);
    }

    private static void range(JsonGenerator json, @Nullable ValueScale scale) {
        if (scale == null) {
            json.writeNullProperty("range");
        } else {
            json.writeName("range");
            json.writeArray(new double[] {scale.from(), scale.to()}, 0, 2);
        }
    }

    private void definition(JsonGenerator json) {
        SensorNetwork network = board.network();
        json.writeStartObject();
        json.writeStringProperty("name", network.name());
        json.writeStringProperty("title", network.title());
        json.writeStringProperty("domain", network.domain());
        json.writeStringProperty("zone", zone(network.zone()));
        json.writeNumberProperty("intervalMillis", network.interval().toMillis());
        json.writeArrayPropertyStart("measures");
        network.measures().forEach(measure -> {
            json.writeStartObject();
            json.writeStringProperty("name", measure.name());
            json.writeStringProperty("unit", measure.unit());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeStringProperty("target", network.target());
        json.writeNumberProperty("lookback", network.window().lookback());
        json.writeNumberProperty("span", network.window().span());
        json.writeNumberProperty("horizon", network.window().horizon());
        JsonText.longs(json, "leads", Leads.millis(network));
        JsonText.texts(
                json, "words", network.sound().map(audio -> audio.words()).orElse(null));
        json.writeEndObject();
    }

    /// The zone by a name that browsers know. They do not know `UTC+1`, and in `Etc/GMT-1` the sign is turned round.
    static String zone(ZoneId zone) {
        if (!(zone.normalized() instanceof ZoneOffset offset)) {
            return zone.getId();
        }
        int seconds = offset.getTotalSeconds();
        if (seconds == 0) {
            return "UTC";
        }
        return seconds % 3600 == 0 ? "Etc/GMT%+d".formatted(-seconds / 3600) : offset.getId();
    }

    private void sensors(JsonGenerator json, int from) {
        json.writeArrayPropertyStart("sensors");
        for (String id : board.sensors().subList(from, board.sensors().size())) {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            Sensor place = places.get(id);
            if (place != null) {
                place(json, place);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void place(JsonGenerator json, Sensor place) {
        json.writeNumberProperty("latitude", place.latitude());
        json.writeNumberProperty("longitude", place.longitude());
        if (place.road() != null && place.position() != null) {
            json.writeStringProperty("road", place.road());
            json.writeNumberProperty("position", place.position());
        }
    }

    /// Times, values and forecasts of some sensors, a column each.
    private void state(JsonGenerator json, int[] sensors) {
        JsonText.time(json, "time", board.newestSlot(), board.clock());
        json.writeArrayPropertyStart("times");
        for (int sensor : sensors) {
            JsonText.time(json, board.at(sensor).valuedSlot(), board.clock());
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("values");
        for (int sensor : sensors) {
            JsonText.number(json, board.at(sensor).value());
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("issued");
        for (int sensor : sensors) {
            Forecast forecast = board.at(sensor).newestForecast();
            if (forecast == null) {
                json.writeNull();
            } else {
                json.writeNumber(forecast.issuedAt());
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("forecasts");
        for (int sensor : sensors) {
            values(json, board.at(sensor).newestForecast());
        }
        json.writeEndArray();
    }

    private static void values(JsonGenerator json, @Nullable Forecast forecast) {
        if (forecast == null || forecast.abstained()) {
            json.writeNull();
        } else {
            JsonText.numbers(json, forecast.values());
        }
    }
}
