package dev.headwater.cli;

import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// History out of the readings topic, for training on what has flowed.
final class TopicHistory {

    private static final Logger LOG = LoggerFactory.getLogger(TopicHistory.class);

    private final Network network;
    private final ReadingCodec codec;
    private final SlotClock clock;
    private final Series.Builder builder;
    private long refused;

    private TopicHistory(Network network) {
        this.network = network;
        this.codec = new ReadingCodec(network);
        this.clock = network.clock();
        this.builder = new Series.Builder(network);
    }

    /// Reads all that is on the topic now; what is no reading is left out and counted in the log.
    static Series read(ClientConfig client, Network network) {
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
            if (record.key() == null) {
                throw new BadReadingException("no key");
            }
            builder.add(record.key(), clock.slotOf(record.timestamp()), codec.decode(record.value(), record.headers()));
        } catch (BadReadingException e) {
            refused++;
            LOG.debug("network {}, offset {}: {}", network.name(), record.offset(), e.getMessage());
        }
    }
}
