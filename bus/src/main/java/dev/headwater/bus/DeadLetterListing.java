package dev.headwater.bus;

import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The number of a network's dead letters by reason, and the newest of the letters.
///
/// @param reasons number of letters by reason
/// @param newest  the newest letters, newest first
public record DeadLetterListing(String network, long total, Map<String, Long> reasons, List<Row> newest) {

    private static final int MAX_SHOWN = 80;

    /// One dead letter.
    ///
    /// @param offset on the dead-letter topic
    /// @param time   event time, ISO 8601
    /// @param source `topic-partition@offset`
    /// @param key    as text, shortened; likewise the value
    /// @param whole  false when it cannot be sent back
    public record Row(
            int partition,
            long offset,
            String time,
            String reason,
            String text,
            String source,
            @Nullable String key,
            @Nullable String value,
            boolean whole) {

        /// The row of a dead letter.
        public static Row of(DeadLetterTopic.Entry entry) {
            DeadLetter letter = entry.letter();
            DeadLetter.Source source = letter.source();
            return new Row(
                    entry.partition().partition(),
                    entry.offset(),
                    Instant.ofEpochMilli(source.time()).toString(),
                    letter.reason(),
                    letter.text(),
                    source.topic() + "-" + source.partition() + "@" + source.offset(),
                    shown(letter.key()),
                    shown(letter.value()),
                    letter.isWhole());
        }
    }

    /// Reads the whole dead-letter topic.
    ///
    /// @param limit maximum number of newest letters to keep
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers, or there is no such topic
    public static DeadLetterListing read(ClientConfig client, SensorNetwork network, int limit) {
        Map<String, Long> reasons = new TreeMap<>();
        Deque<Row> newest = new ArrayDeque<>();
        try (DeadLetterTopic topic = DeadLetterTopic.open(client, network)) {
            topic.read(topic.ends(), entry -> {
                reasons.merge(entry.letter().reason(), 1L, Long::sum);
                newest.addFirst(Row.of(entry));
                if (newest.size() > limit) {
                    newest.removeLast();
                }
            });
        }
        long total = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new DeadLetterListing(network.name(), total, reasons, List.copyOf(newest));
    }

    private static @Nullable String shown(byte @Nullable [] bytes) {
        return bytes == null ? null : Printable.shortened(new String(bytes, StandardCharsets.UTF_8), MAX_SHOWN);
    }
}
