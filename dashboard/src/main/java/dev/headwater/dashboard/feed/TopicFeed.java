package dev.headwater.dashboard.feed;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Threads;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows topics with a consumer and a thread of its own, without a consumer group; committed records only. Topics
/// that do not exist yet are followed once they do, and a broker's outage is survived.
final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_NANOS =
            TimeUnit.SECONDS.toNanos(3); // for new topics, and a broker that answers

    /// Small answers of the broker. Of a backlog little is kept, but large answers outlive a young
    /// collection, and the heap grows by them.
    private static final Map<String, String> SMALL_ANSWERS =
            Map.of("consumer.fetch.max.bytes", "1048576", "consumer.max.partition.fetch.bytes", "262144");

    private final ClientConfig client;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Begin> topics;
    private final BeginOffsets begins;
    private final Sink sink;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<TopicPartition> followed = new HashSet<>();
    private volatile boolean answering = true;
    private boolean live;
    private String complaint = "";

    /// Where a topic is begun.
    enum Begin {
        /// With all that it has.
        OLDEST,
        /// With its last records.
        LAST,
        /// With what is remembered, counted back from the newest reading.
        REMEMBERED
    }

    /// Receives the records on the feed's thread.
    interface Sink {
        void take(ConsumerRecords<byte[], byte[]> records);

        /// Everything that was on the topics at first has been passed on.
        void caughtUp();
    }

    /// @param topics by name
    TopicFeed(ClientConfig client, String name, Map<String, Begin> topics, BeginOffsets begins, Sink sink) {
        this.client = client;
        Map<String, String> settings = new HashMap<>(SMALL_ANSWERS);
        settings.putAll(client.overrides());
        this.consumer = new ClientConfig(client.bootstrapServers(), settings)
                .openConsumer("headwater-" + name, "", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topics = topics;
        this.begins = begins;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("headwater-" + name).unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /// Whether the broker answered when it was last asked.
    boolean isAnswering() {
        return answering;
    }

    private void follow() {
        long looked = System.nanoTime() - LOOK_EVERY_NANOS;
        try (consumer) {
            while (closing.getCount() > 0) {
                if (System.nanoTime() - looked >= LOOK_EVERY_NANOS) {
                    attempt(this::look);
                    looked = System.nanoTime();
                }
                attempt(this::poll);
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("the feed ends", e);
        }
    }

    /// Whatever fails is tried again: a page that silently stands still would be worse.
    private void attempt(Runnable step) throws InterruptedException {
        try {
            step.run();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (InvalidInputException e) {
            complain(String.valueOf(e.getMessage()));
            closing.await(1, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            complain("the topics cannot be followed: " + e);
            closing.await(1, TimeUnit.SECONDS);
        }
    }

    /// The same failure in a row is told once.
    private void complain(String now) {
        if (!now.equals(complaint)) {
            LOG.warn("{}; trying on", Printable.line(now));
            complaint = now;
        }
    }

    /// Finds partitions that are new.
    private void look() {
        try {
            Set<TopicPartition> found = consumer.listTopics(ANSWER).values().stream()
                    .flatMap(List::stream)
                    .filter(partition -> topics.containsKey(partition.topic()))
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .filter(partition -> !followed.contains(partition))
                    .collect(Collectors.toSet());
            answering = true;
            complaint = "";
            if (!found.isEmpty()) {
                begin(found);
            }
        } catch (TimeoutException e) {
            answering = false;
            throw client.unreachable(e);
        }
    }

    private void begin(Set<TopicPartition> found) {
        Map<TopicPartition, Long> offsets = begins.of(consumer, found, topics);
        Set<TopicPartition> all = new HashSet<>(followed);
        all.addAll(found);
        consumer.assign(all); // those followed before keep their positions
        offsets.forEach(consumer::seek);
        followed.addAll(found);
    }

    private void poll() {
        if (followed.isEmpty()) {
            awaitClosing();
            return;
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            sink.take(records);
        }
        if (!live
                && followed.stream()
                        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0)) {
            live = true;
            sink.caughtUp();
        }
    }

    private void awaitClosing() {
        try {
            closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        Threads.awaitEnd(thread);
    }
}
