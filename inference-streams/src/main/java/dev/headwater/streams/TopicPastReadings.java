package dev.headwater.streams;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.state.SensorLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Past readings of the readings topic. Reads for at most [#PATIENCE]: a stream thread waits meanwhile.
record TopicPastReadings(SensorNetwork network, StreamSettings settings) implements PastReadings {

    private static final Logger LOG = LoggerFactory.getLogger(TopicPastReadings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TAIL = 100; // offsets in which a record is found: some are marks of transactions
    private static final Duration POLL = Duration.ofMillis(200);

    @Override
    public void forEach(int partition, Consumer<Past> action) {
        TopicPartition readings = new TopicPartition(Topics.of(network).readings(), partition);
        try (KafkaConsumer<byte[], byte[]> consumer = settings.client()
                .openConsumer(
                        settings.clientId() + "-past-" + partition,
                        settings.applicationId(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(readings));
            OffsetAndMetadata committed = consumer.committed(Set.of(readings)).get(readings);
            if (committed != null && seek(consumer, readings, committed.offset())) {
                read(consumer, readings, committed.offset(), action);
            }
        } catch (KafkaException e) {
            LOG.warn("topic {}: past readings cannot be read: {}", readings.topic(), e.getMessage());
        }
    }

    /// Goes back by as much event time as a ring keeps.
    ///
    /// @return false when nothing lies there
    private boolean seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition readings, long end) {
        long begin = consumer.beginningOffsets(Set.of(readings)).getOrDefault(readings, end);
        if (begin >= end) {
            return false;
        }
        consumer.seek(readings, Math.max(begin, end - TAIL));
        long[] newest = {Long.MIN_VALUE};
        forEach(consumer, readings, end, record -> newest[0] = record.timestamp());
        long kept = SensorLayout.retained(network) * network.interval().toMillis();
        OffsetAndTimestamp from = newest[0] < kept
                ? null
                : consumer.offsetsForTimes(Map.of(readings, newest[0] - kept)).get(readings);
        consumer.seek(readings, from == null ? begin : from.offset());
        return true;
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition readings, long end, Consumer<Past> action) {
        Admission admission = new Admission(network, settings.limits());
        SlotClock clock = network.clock();
        forEach(consumer, readings, end, record -> pass(record, admission, clock, action));
    }

    private static void forEach(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition readings,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(readings) < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end && record.timestamp() >= 0) {
                    action.accept(record);
                }
            }
        }
    }

    private static void pass(
            ConsumerRecord<byte[], byte[]> record, Admission admission, SlotClock clock, Consumer<Past> action) {
        try {
            String sensor = admission.sensor(record.key());
            Admission.Content content = admission.content(record.value(), record.headers());
            action.accept(new Past(sensor, clock.slotOf(record.timestamp()), content.values(), record.offset()));
        } catch (BadReadingException e) {
            LOG.debug("no reading, passed over as before", e); // it became a dead letter then
        }
    }
}
