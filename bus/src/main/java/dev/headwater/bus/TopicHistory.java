package dev.headwater.bus;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds a training history from the readings topic, with the records that the stream accepts as readings.
/// Each record is decoded and put into its place; none is kept.
public final class TopicHistory {

    private static final Logger LOG = LoggerFactory.getLogger(TopicHistory.class);
    private static final int TAIL = 1_000; // offsets of a partition in which its newest reading is looked for
    private static final long NONE = Long.MIN_VALUE;

    private final SensorNetwork network;
    private final Admission admission;
    private final SlotClock clock;
    private final Series.Builder builder;
    private final long first;
    private final long last;
    private long refused;

    /// @param first oldest slot that is taken
    /// @param last  newest slot that is taken
    private TopicHistory(SensorNetwork network, long first, long last) {
        this.network = network;
        this.admission = new Admission(network, Limits.DEFAULT);
        this.clock = network.clock();
        this.builder = new Series.Builder(network);
        this.first = first;
        this.last = last;
    }

    /// Reads the records that are on the topic now. Leaves out those that are not readings, and logs their
    /// number. With a span, older records are not even fetched, as far as their offsets tell.
    ///
    /// @param span    event time up to the newest reading, or up to `through`; null for all
    /// @param through last slot to read; `Long.MAX_VALUE` for the newest
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers, or there are no readings
    public static Series read(ClientConfig client, SensorNetwork network, @Nullable Duration span, long through) {
        String topic = Topics.of(network).readings();
        try (TopicReader reader = TopicReader.open(client, topic)) {
            long last = span != null && through == Long.MAX_VALUE ? newest(reader, network) : through;
            long first = span == null || last == NONE ? NONE : last - span.dividedBy(network.interval()) + 1;
            if (first == NONE) {
                reader.seekToBeginning();
            } else {
                reader.seek(Math.max(0, network.clock().startMillis(first)));
            }
            return new TopicHistory(network, first, last == NONE ? Long.MAX_VALUE : last).drain(reader, topic);
        }
    }

    /// The newest slot among the last records of each partition; [#NONE] when no reading is among them.
    private static long newest(TopicReader reader, SensorNetwork network) {
        TopicHistory tail = new TopicHistory(network, NONE, Long.MAX_VALUE);
        long[] newest = {NONE};
        reader.drainTail(TAIL, record -> tail.take(record, slot -> newest[0] = Math.max(newest[0], slot)));
        return newest[0];
    }

    private Series drain(TopicReader reader, String topic) {
        reader.drain(record -> take(record, slot -> {}));
        if (refused > 0) {
            LOG.warn("topic {}: {} records are no readings and were left out", topic, refused);
        }
        return builder.build();
    }

    /// @param seen receives the slot of a reading
    private void take(ConsumerRecord<String, byte[]> record, LongConsumer seen) {
        try {
            byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
            String sensor = admission.sensor(key);
            admission.requireTime(record.timestamp(), System.currentTimeMillis());
            long slot = clock.slotOf(record.timestamp());
            float[] values = admission.content(record.value(), record.headers()).values();
            if (slot >= first && slot <= last) {
                builder.add(sensor, slot, values);
                seen.accept(slot);
            }
        } catch (BadReadingException e) {
            refused++;
            LOG.debug("network {}, offset {}: {}", network.name(), record.offset(), e.getMessage());
        }
    }
}
