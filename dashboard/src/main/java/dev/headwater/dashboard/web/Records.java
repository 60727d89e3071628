package dev.headwater.dashboard.web;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadValueException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.dashboard.board.JsonText;
import dev.headwater.dashboard.feed.TopicLookup;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Readings and forecasts of a sensor from the topics, also long ago.
final class Records {

    private static final int MAX = 1_000; // of an answer
    private static final int AT_ONCE = 4; // each opens a consumer

    private final TopicLookup topics;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Records(ClientConfig client) {
        this.topics = new TopicLookup(client);
    }

    void forecasts(Context request, NetworkService service) {
        ForecastCodec codec = new ForecastCodec(service.network());
        List<String> found = new ArrayList<>();
        answer(request, Topics.of(service.network()).forecasts(), "forecasts", found, record -> {
            add(found, codec, record);
            return found.size() < MAX;
        });
    }

    private static void add(List<String> found, ForecastCodec codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            Forecast forecast = codec.decode(record.value(), record.headers());
            found.add(new String(codec.encode(forecast), StandardCharsets.UTF_8));
        } catch (BadValueException e) {
            // not a forecast of the network
        }
    }

    void readings(Context request, NetworkService service) {
        SensorNetwork network = service.network();
        long until = Parameters.time(request, "until").orElse(Long.MAX_VALUE);
        Admission admission = new Admission(network, Limits.ANY_TIME);
        List<String> found = new ArrayList<>();
        answer(request, Topics.of(network).readings(), "readings", found, record -> {
            if (record.timestamp() < until) {
                add(found, network, record, admission);
            }
            return found.size() < MAX && record.timestamp() < until;
        });
    }

    private static void add(
            List<String> found, SensorNetwork network, ConsumerRecord<byte[], byte[]> record, Admission admission) {
        try {
            float[] values = admission.content(record.value(), record.headers()).values(); // [measure]
            found.add(JsonText.reading(network, record.timestamp(), values));
        } catch (BadValueException e) {
            // a dead letter, not a reading
        }
    }

    private void answer(
            Context request,
            String topic,
            String name,
            List<String> found,
            Predicate<ConsumerRecord<byte[], byte[]>> sink) {
        String sensor = Parameters.text(request, "sensor");
        OptionalLong since = Parameters.time(request, "since");
        if (!free.tryAcquire()) {
            Api.fault(request, 503, "requests: at most " + AT_ONCE + " of this kind at once, try again");
            return;
        }
        try {
            boolean complete = topics.find(topic, sensor, since.orElse(0), sink);
            Api.json(request, "{\"complete\":" + complete + ",\"" + name + "\":[" + String.join(",", found) + "]}");
        } finally {
            free.release();
        }
    }
}
