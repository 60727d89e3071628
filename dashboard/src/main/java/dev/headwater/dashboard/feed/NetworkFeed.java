package dev.headwater.dashboard.feed;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.Admission;
import dev.headwater.bus.BadValueException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterListing;
import dev.headwater.bus.DeadLetterTopic;
import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.dashboard.board.NetworkBoard;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what the topics of a network say onto its board. Records that break a rule are passed over: a reading among
/// them becomes a dead letter in the stream, and is shown as such.
public final class NetworkFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkFeed.class);

    private final NetworkBoard board;
    private final Lock lock;
    private final Admission admission;
    private final ForecastCodec forecasts;
    private final AccuracyCodec accuracy = new AccuracyCodec();
    private final DriftCodec drift = new DriftCodec();
    private final KeywordCodec keywords = new KeywordCodec();
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers = new HashMap<>(); // by topic
    private final TopicFeed feed;

    /// @param lock held while the board is changed
    private NetworkFeed(ClientConfig client, NetworkBoard board, Lock lock) {
        SensorNetwork network = board.network();
        Topics topics = Topics.of(network);
        this.board = board;
        this.lock = lock;
        this.admission = new Admission(network, Limits.ANY_TIME);
        this.forecasts = new ForecastCodec(network);
        Map<String, TopicFeed.Begin> begins = new HashMap<>();
        takers.put(topics.readings(), this::reading);
        begins.put(topics.readings(), TopicFeed.Begin.REMEMBERED);
        takers.put(topics.forecasts(), this::forecast);
        begins.put(topics.forecasts(), TopicFeed.Begin.REMEMBERED);
        takers.put(topics.accuracy(), record -> board.accuracy(accuracy.decode(record.value())));
        takers.put(topics.drift(), record -> board.drift(drift.decode(record.value())));
        takers.put(topics.keywords(), record -> board.word(keywords.decode(record.value())));
        takers.put(topics.deadReadings(), this::deadLetter);
        takers.put(Topics.MODELS, this::model);
        begins.put(Topics.MODELS, TopicFeed.Begin.OLDEST);
        takers.keySet().forEach(topic -> begins.putIfAbsent(topic, TopicFeed.Begin.LAST));
        Duration remembered = network.interval().multipliedBy(board.slots());
        this.feed = new TopicFeed(
                client,
                "dashboard-" + network.name(),
                begins,
                new BeginOffsets(client, topics.readings(), remembered),
                new Taking());
    }

    /// Starts following the topics of a board's network.
    ///
    /// @param lock held while the board is changed
    public static NetworkFeed start(ClientConfig client, NetworkBoard board, Lock lock) {
        NetworkFeed feed = new NetworkFeed(client, board, lock);
        feed.feed.start();
        return feed;
    }

    /// Whether the broker answered when it was last asked.
    public boolean isAnswering() {
        return feed.isAnswering();
    }

    private final class Taking implements TopicFeed.Sink {

        @Override
        public void take(ConsumerRecords<byte[], byte[]> records) {
            lock.lock();
            try {
                records.forEach(NetworkFeed.this::take);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void caughtUp() {
            lock.lock();
            try {
                board.beginLive();
            } finally {
                lock.unlock();
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Consumer<ConsumerRecord<byte[], byte[]>> taker = takers.get(record.topic());
        try {
            if (taker != null) {
                taker.accept(record);
            }
        } catch (BadValueException e) {
            LOG.debug("{} offset {} passed over: {}", record.topic(), record.offset(), e.getMessage());
        }
    }

    private void reading(ConsumerRecord<byte[], byte[]> record) {
        String sensor = admission.sensor(record.key());
        admission.requireTime(record.timestamp(), System.currentTimeMillis());
        float[] values = admission.content(record.value(), record.headers()).values();
        if (values.length > 0) { // a source of sound ends with a frame without samples
            board.reading(sensor, record.timestamp(), values, System.nanoTime());
        }
    }

    private void forecast(ConsumerRecord<byte[], byte[]> record) {
        board.forecast(forecasts.decode(record.value(), record.headers()), System.nanoTime());
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        board.deadLetter(DeadLetterListing.Row.of(
                new DeadLetterTopic.Entry(partition, record.offset(), DeadLetter.read(record))));
    }

    private void model(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key != null) {
            board.model(new String(key, StandardCharsets.UTF_8), record.offset(), record.value());
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
