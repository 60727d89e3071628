package dev.headwater.bus;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds a training history from the readings topic, with the records that the stream accepts as readings.
public final class TopicHistory {

    private static final Logger LOG = LoggerFactory.getLogger(TopicHistory.class);

    private final SensorNetwork network;
    private final Admission admission;
    private final SlotClock clock;
    private final Series.Builder builder;
    private long refused;

    private TopicHistory(SensorNetwork network) {
        this.network = network;
        this.admission = new Admission(network, Limits.DEFAULT);
        this.clock = network.clock();
        this.builder = new Series.Builder(network);
    }

    /// Reads all records that are on the topic now. Leaves out those that are not readings, and logs their number.
    public static Series read(ClientConfig client, SensorNetwork network) {
        TopicHistory history = new TopicHistory(network);
        String topic = Topics.of(network).readings();
        try (TopicReader reader = TopicReader.open(client, topic)) {
            reader.drain(history::take);
        }
        if (history.refused > 0) {
            LOG.warn("topic {}: {} records are no readings and were left out", topic, history.refused);
        }
        return history.builder.build();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
            String sensor = admission.sensor(key);
            admission.requireTime(record.timestamp(), System.currentTimeMillis());
            float[] values = admission.content(record.value(), record.headers()).values();
            builder.add(sensor, clock.slotOf(record.timestamp()), values);
        } catch (BadReadingException e) {
            refused++;
            LOG.debug("network {}, offset {}: {}", network.name(), record.offset(), e.getMessage());
        }
    }
}
