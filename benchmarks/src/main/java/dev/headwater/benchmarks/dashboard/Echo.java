package dev.headwater.benchmarks.dashboard;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Answers each reading with a forecast: that all stays as it is.
final class Echo implements AutoCloseable {

    private final SensorNetwork network;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader reader;
    private final Thread thread;
    private volatile boolean closed;

    Echo(SensorNetwork network, ClientConfig client) {
        this.network = network;
        this.producer = client.openProducer("page-benchmark", new ByteArraySerializer());
        this.reader = TopicReader.open(client, Topics.of(network).readings());
        this.thread = Thread.ofPlatform().name("echo").start(this::answer);
    }

    private void answer() {
        ReadingCodec readings = new ReadingCodec(network);
        ForecastCodec forecasts = new ForecastCodec(network);
        while (!closed) {
            for (ConsumerRecord<String, byte[]> message : reader.poll()) {
                float value = readings.decode(message.value(), message.headers())[network.targetIndex()];
                byte[] forecast = forecasts.encode(forecast(message.key(), message.timestamp(), value));
                producer.send(new ProducerRecord<>(
                        Topics.of(network).forecasts(), null, message.timestamp(), message.key(), forecast));
            }
        }
    }

    private Forecast forecast(String sensor, long time, float value) {
        int horizon = network.window().horizon();
        long issued = network.clock().startMillis(network.clock().slotOf(time));
        if (Float.isNaN(value)) {
            return new Forecast(sensor, issued, new float[0], List.of(), 0, horizon, "made-up@1", "", false);
        }
        return new Forecast(
                sensor,
                issued,
                filled(horizon, value),
                List.of(
                        new Forecast.Interval(0.8, filled(horizon, value - 3), filled(horizon, value + 3)),
                        new Forecast.Interval(0.95, filled(horizon, value - 6), filled(horizon, value + 6))),
                horizon,
                network.window().lookback(),
                "made-up@1",
                "0123456789abcdef",
                false);
    }

    private static float[] filled(int horizon, float value) {
        float[] values = new float[horizon];
        Arrays.fill(values, value);
        return values;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        reader.close();
        producer.close();
    }
}
