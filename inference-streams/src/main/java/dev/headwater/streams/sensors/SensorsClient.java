package dev.headwater.streams.sensors;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running stream for its sensors.
public final class SensorsClient {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int GOOD = 200;

    private final URI instance;

    /// @param instance `http://host:port` of its endpoints
    /// @throws InvalidInputException when it is no such address
    public SensorsClient(String instance) {
        try {
            this.instance = URI.create(instance.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw noAddress(instance);
        }
        boolean http = "http".equals(this.instance.getScheme()) || "https".equals(this.instance.getScheme());
        if (!http || this.instance.getHost() == null) {
            throw noAddress(instance);
        }
    }

    private static InvalidInputException noAddress(String found) {
        return new InvalidInputException("address of the stream: must be http://HOST:PORT, found '" + found + "'");
    }

    /// The first sensors of the instance, by an order.
    ///
    /// @throws InvalidInputException when it does not answer, or has no list now
    public SensorList list(SensorOrder order, int limit) throws InterruptedException {
        URI page = URI.create(instance + "/sensors?sort=" + order.word() + "&limit=" + limit);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(page).timeout(WITHIN).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != GOOD) {
                throw new InvalidInputException(page + ": " + fault(answer));
            }
            return JsonMapper.shared().readValue(answer.body(), SensorList.class);
        } catch (IOException e) {
            throw new InvalidInputException(page + ": does not answer (" + e + "); is `headwater serve` running?", e);
        } catch (JacksonException e) {
            throw new InvalidInputException(page + ": answers with something else than sensors", e);
        }
    }

    private static String fault(HttpResponse<String> answer) {
        try {
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            return body.path("error").asString("status " + answer.statusCode());
        } catch (JacksonException e) {
            return "status " + answer.statusCode();
        }
    }
}
