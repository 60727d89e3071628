package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.ParentLink;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Topics;
import dev.headwater.streams.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/// A process that answers each reading with the value of some forecast, as a plain loop over Kafka's consumer and
/// producer: with transactions, and with the product's settings of clients and commits. What it does is the least
/// that a stream of forecasts must do.
final class PlainLoop implements Runnable {

    private final StreamSettings settings;
    private final String target;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<byte[]> values;
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    private long committed; // ns
    private boolean open;
    private int next;
    private volatile boolean closed;

    private PlainLoop(StreamCase one, StreamSettings settings, int number, List<byte[]> values) {
        Topics topics = Topics.of(one.network());
        ClientConfig client = settings.client();
        this.settings = settings;
        this.target = topics.forecasts();
        this.values = values;
        this.producer =
                new KafkaProducer<>(producer(settings, number), new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = client.openConsumer(
                "plain-loop-" + number, "plain-loop", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer.initTransactions();
        consumer.subscribe(List.of(topics.readings()), new Assigned());
    }

    /// The producer that Kafka Streams would make.
    private static Map<String, Object> producer(StreamSettings settings, int number) {
        String id = "plain-loop-" + number;
        Map<String, Object> config = new StreamsConfig(settings.streamsConfig()).getProducerConfigs(id);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return config;
    }

    private final class Assigned implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
        }
    }

    /// @param args bootstrap servers, folder with a [ValueFile], then [StreamCase#words()]
    public static void main(String[] args) throws IOException, InterruptedException {
        StreamCase one = StreamCase.of(List.of(args).subList(2, args.length));
        Path folder = Path.of(args[1]);
        List<byte[]> values = ValueFile.read(folder);
        long begun = System.nanoTime();
        List<PlainLoop> loops = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 1; number <= one.threads(); number++) {
            PlainLoop loop = new PlainLoop(one, StreamHost.settings(one, args[0], folder), number, values);
            loops.add(loop);
            // Usage counts threads of this name.
            threads.add(Thread.ofPlatform()
                    .name("plain-loop-StreamThread-" + number)
                    .start(loop));
        }
        for (PlainLoop loop : loops) {
            loop.assigned.await();
        }
        ParentLink.answer(Double.toString((System.nanoTime() - begun) / 1e9));
        ParentLink.obey(Map.of());
        loops.forEach(loop -> loop.closed = true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void run() {
        Duration poll = settings.pace().batchDelay();
        long every = settings.pace().commitInterval().toNanos();
        try (consumer;
                producer) {
            while (!closed) {
                answer(consumer.poll(poll));
                if (open && System.nanoTime() - committed >= every) {
                    commit();
                }
            }
            commit();
        }
    }

    private void answer(ConsumerRecords<byte[], byte[]> readings) {
        if (readings.isEmpty()) {
            return;
        }
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        for (ConsumerRecord<byte[], byte[]> reading : readings) {
            byte[] value = values.get(next++ % values.size());
            producer.send(new ProducerRecord<>(target, null, reading.timestamp(), reading.key(), value));
        }
        positions.putAll(readings.nextOffsets());
    }

    private void commit() {
        if (open) {
            producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
            producer.commitTransaction();
            positions.clear();
            open = false;
        }
        committed = System.nanoTime();
    }
}
