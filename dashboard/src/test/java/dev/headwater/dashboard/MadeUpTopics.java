package dev.headwater.dashboard;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Readings and forecasts that a test can foretell.
final class MadeUpTopics {

    static final SensorNetwork NETWORK = NetworkFile.load("pems-bay")
            .withSensors(List.of(
                    new Sensor("a", 37.1, -121.9, "101-N", 1.5),
                    new Sensor("b", 37.2, -121.9, "101-N", 2.5),
                    new Sensor("silent", 37.3, -121.9)));
    static final long FIRST = NETWORK.clock().slotOf(1_496_300_400_000L);

    private MadeUpTopics() {}

    /// The forecast is in JSON at even slots, in binary at odd ones.
    static void send(KafkaProducer<String, byte[]> producer, String sensor, long slot) {
        Topics topics = Topics.of(NETWORK);
        long time = NETWORK.clock().startMillis(slot);
        byte[] reading = new ReadingCodec(NETWORK).encode(new float[] {value(sensor, slot)}, ValueFormat.JSON);
        producer.send(new ProducerRecord<>(topics.readings(), null, time, sensor, reading));
        ValueFormat form = slot % 2 == 0 ? ValueFormat.JSON : ValueFormat.BINARY;
        byte[] forecast = new ForecastCodec(NETWORK).encode(forecast(sensor, slot), form);
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topics.forecasts(), null, time, sensor, forecast);
        form.mark(sent.headers());
        producer.send(sent);
    }

    static float value(String sensor, long slot) {
        return 50 + (slot - FIRST) % 7 + (sensor.equals("a") ? 0 : 10);
    }

    static Forecast forecast(String sensor, long slot) {
        float[] values = new float[12];
        float[] lower = new float[12];
        float[] upper = new float[12];
        for (int step = 0; step < values.length; step++) {
            values[step] = value(sensor, slot) + 0.123f * step;
            lower[step] = values[step] - 2;
            upper[step] = values[step] + 2;
        }
        return new Forecast(
                sensor,
                NETWORK.clock().startMillis(slot),
                values,
                List.of(new Forecast.Interval(0.8, lower, upper)),
                12,
                12,
                "seq2seq-gru@3",
                "0123456789ab",
                false);
    }
}
