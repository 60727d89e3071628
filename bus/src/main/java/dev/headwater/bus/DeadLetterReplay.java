package dev.headwater.bus;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Sends dead letters back to the readings topic as they came: with their own key, value, headers and time.
///
/// Delivery is at least once: when a replay dies between sending and committing, the next one sends the letters
/// again, and the stream counts them as duplicates.
public final class DeadLetterReplay {

    /// The reason that stands for all codes of other versions.
    public static final String OTHER = "other";

    private final ClientConfig client;
    private final SensorNetwork network;
    private final Set<String> reasons;

    /// The result of a replay or of a dry run.
    ///
    /// @param sent      letters sent back, by reason
    /// @param cut       letters that cannot be sent, because they were cut or their time is before 1970
    /// @param doneEarlier letters of these reasons that an earlier replay sent
    public record Report(String network, boolean dryRun, Map<String, Long> sent, long cut, long doneEarlier) {

        public long total() {
            return sent.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// @param reasons codes to be replayed; empty for all
    public DeadLetterReplay(ClientConfig client, SensorNetwork network, Set<String> reasons) {
        this.client = client;
        this.network = network;
        this.reasons = reasons.isEmpty() ? all() : reasons;
    }

    public static Set<String> all() {
        Set<String> codes = new TreeSet<>(Arrays.stream(DeadLetterReason.values())
                .map(DeadLetterReason::code)
                .toList());
        codes.add(OTHER);
        return codes;
    }

    /// Sends every matching letter that is on the topic at the time of the call. Records that are rejected
    /// again are left to the next replay.
    public Report run(boolean dryRun) {
        try (DeadLetterTopic topic = DeadLetterTopic.open(client, network)) {
            Map<TopicPartition, Long> ends = topic.ends();
            Counts counts = new Counts(topic.replayed(reasons));
            if (dryRun) {
                topic.read(ends, counts::take);
            } else {
                send(topic, ends, counts);
                topic.setReplayed(reasons, ends);
            }
            return new Report(network.name(), dryRun, counts.sent, counts.cut, counts.doneEarlier);
        }
    }

    private void send(DeadLetterTopic topic, Map<TopicPartition, Long> ends, Counts counts) {
        String readings = Topics.of(network).readings();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                client.openProducer("headwater-dead-letters", new ByteArraySerializer(), new ByteArraySerializer())) {
            topic.read(ends, entry -> {
                if (counts.take(entry)) {
                    DeadLetter letter = entry.letter();
                    producer.send(
                            new ProducerRecord<>(
                                    readings,
                                    null,
                                    letter.source().time(),
                                    letter.key(),
                                    letter.value(),
                                    letter.headers()),
                            (metadata, error) -> failure.compareAndSet(null, error));
                }
            });
            producer.flush();
        }
        Exception error = failure.get();
        if (error != null) {
            throw new IllegalStateException(
                    "topic " + readings + ": dead letters could not be sent: " + error.getMessage(), error);
        }
    }

    /// Decides whether to send each letter, and counts the outcomes.
    private final class Counts {

        private final Map<String, Map<TopicPartition, Long>> replayed;
        private final Map<String, Long> sent = new TreeMap<>();
        private long cut;
        private long doneEarlier;

        Counts(Map<String, Map<TopicPartition, Long>> replayed) {
            this.replayed = replayed;
        }

        /// True when the letter is to be sent.
        boolean take(DeadLetterTopic.Entry entry) {
            String code = entry.letter().reason();
            String reason = DeadLetterReason.ofCode(code).isPresent() ? code : OTHER;
            if (!reasons.contains(reason)) {
                return false;
            }
            long done = replayed.getOrDefault(reason, Map.of()).getOrDefault(entry.partition(), 0L);
            if (entry.offset() < done) {
                doneEarlier++;
                return false;
            }
            if (!entry.letter().isWhole()) {
                cut++;
                return false;
            }
            sent.merge(reason, 1L, Long::sum);
            return true;
        }
    }
}
