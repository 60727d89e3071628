package dev.headwater.benchmarks.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// A client of the stream of events that reads each event as JSON and keeps the sensors' values, as a
/// page does.
final class EventClient implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final InputStream body;
    private final Thread thread;
    private final float[] values; // [sensor], NaN = none
    private volatile Counts counts = new Counts(0, 0, 0, 0, 0);
    private volatile @Nullable String fault;
    private volatile boolean closed;
    private volatile long longest; // nanoseconds between two deltas
    private long lastDelta;

    /// What has come so far.
    ///
    /// @param bytes   of the body
    /// @param changed sensors in deltas
    record Counts(long snapshots, long deltas, long events, long bytes, long changed) {
        Counts less(Counts before) {
            return new Counts(
                    snapshots - before.snapshots,
                    deltas - before.deltas,
                    events - before.events,
                    bytes - before.bytes,
                    changed - before.changed);
        }
    }

    EventClient(HttpClient http, String url, int sensors) throws IOException, InterruptedException {
        this.values = new float[sensors];
        Arrays.fill(values, Float.NaN);
        HttpResponse<InputStream> response = http.send(request(url), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(url + " answers " + response.statusCode());
        }
        this.body = response.body();
        this.thread = Thread.ofVirtual().start(this::read);
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/event-stream")
                .build();
    }

    Counts counts() {
        return counts;
    }

    /// What is wrong with what has come; null for nothing.
    @Nullable
    String fault() {
        return fault;
    }

    /// The longest time between two deltas since the last call, in seconds.
    double longestHole() {
        long now = Math.max(longest, lastDelta == 0 ? 0 : System.nanoTime() - lastDelta);
        longest = 0;
        return now / 1e9;
    }

    /// `[sensor]`, NaN = none.
    float[] values() {
        return values;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 1 << 16)) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    take(name, line.substring("data:".length()), line.length() + name.length() + 10);
                }
            }
            fault = closed ? fault : "the stream of events ended";
        } catch (IOException e) {
            fault = closed ? fault : "the stream of events broke: " + e;
        } catch (JacksonException | IllegalStateException e) {
            fault = e.toString();
        }
    }

    private void take(String name, String data, int length) {
        int changed = parse(name, data);
        boolean delta = name.equals("delta");
        if (delta) {
            long now = System.nanoTime();
            longest = lastDelta == 0 ? 0 : Math.max(longest, now - lastDelta);
            lastDelta = now;
        }
        counts = new Counts(
                counts.snapshots + (name.equals("snapshot") ? 1 : 0),
                counts.deltas + (delta ? 1 : 0),
                counts.events + 1,
                counts.bytes + length,
                counts.changed + (delta ? changed : 0));
    }

    /// Reads the event to its end, and keeps the values.
    ///
    /// @return sensors in it
    private int parse(String name, String data) {
        boolean kept = name.equals("delta") || name.equals("snapshot");
        float[] sensors = new float[0];
        float[] found = new float[0];
        try (JsonParser json = MAPPER.createParser(data)) {
            require(json.nextToken() == JsonToken.START_OBJECT || !kept, name + " is no object");
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                if (kept && field.equals("values")) {
                    found = column(json);
                } else if (name.equals("delta") && field.equals("sensors")) {
                    sensors = column(json);
                } else {
                    json.skipChildren();
                }
            }
            require(json.nextToken() == null, name + " has more after its object");
        }
        require(!name.equals("delta") || sensors.length == found.length, "a delta's columns differ in length");
        for (int i = 0; i < found.length; i++) {
            values[name.equals("delta") ? (int) sensors[i] : i] = found[i];
        }
        return found.length;
    }

    private static float[] column(JsonParser json) {
        float[] column = new float[1_024];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            column = size == column.length ? Arrays.copyOf(column, 2 * size) : column;
            column[size++] = json.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : json.getFloatValue();
        }
        return Arrays.copyOf(column, size);
    }

    private static void require(boolean rule, String fault) {
        if (!rule) {
            throw new IllegalStateException(fault);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        body.close();
        thread.join();
    }
}
