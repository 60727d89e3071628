package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A rejected record of the readings topic, with headers that state the reason and the record's source.
///
/// @param reason     a [DeadLetterReason#code()]; a code of another version is kept
/// @param text       the reason as a sentence
/// @param source     position and time of the record on the readings topic
/// @param key        its key; cut like the value
/// @param value      its value; cut when the record was too large for the dead-letter topic
/// @param headers    its original headers; none when the record was cut
/// @param cutFrom    size of the record in bytes before it was cut; 0 when it is whole
public record DeadLetter(
        String reason,
        String text,
        Source source,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers,
        long cutFrom) {

    /// Header with the reason's code.
    public static final String REASON = "headwater-reason";
    /// Header with the reason as a sentence.
    public static final String TEXT = "headwater-reason-text";
    /// Headers with the record's position and time on the readings topic.
    public static final String TOPIC = "headwater-source-topic";

    public static final String PARTITION = "headwater-source-partition";
    public static final String OFFSET = "headwater-source-offset";
    public static final String TIME = "headwater-source-time";
    /// Header with the size of a cut record in bytes before the cut.
    public static final String CUT_FROM = "headwater-cut-from";

    /// Maximum size of a dead letter in bytes, without its own headers: with them it must fit a broker's
    /// default limit of 1 MiB.
    static final int LARGEST = 900_000;

    private static final int CUT_VALUE = 64 << 10;
    private static final int CUT_KEY = 1 << 10;
    private static final Set<String> OWN = Set.of(REASON, TEXT, TOPIC, PARTITION, OFFSET, TIME, CUT_FROM);

    /// Position and time of a record on the readings topic.
    ///
    /// @param time event time of the record, milliseconds since 1970; may be negative
    public record Source(String topic, int partition, long offset, long time) {}

    /// The dead letter of a rejected record; a record that is too large is cut.
    public static DeadLetter of(
            BadReadingException fault, Source source, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        String code = fault.reason().code();
        String text = String.valueOf(fault.getMessage());
        long bytes = bytes(key, value, headers);
        if (bytes <= LARGEST) {
            return new DeadLetter(code, text, source, key, value, foreign(headers), 0);
        }
        return new DeadLetter(code, text, source, cut(key, CUT_KEY), cut(value, CUT_VALUE), new RecordHeaders(), bytes);
    }

    /// Reads a dead letter from a record of the dead-letter topic. Any client may write there, so missing or
    /// malformed headers do not fail: their fields become empty, 0, -1 or, for the time, that of the record.
    public static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        Headers all = record.headers();
        Source source = new Source(
                text(all, TOPIC),
                (int) number(all, PARTITION, -1),
                number(all, OFFSET, -1),
                number(all, TIME, record.timestamp()));
        return new DeadLetter(
                text(all, REASON),
                text(all, TEXT),
                source,
                record.key(),
                record.value(),
                foreign(all),
                number(all, CUT_FROM, 0));
    }

    /// All headers as they stand on the dead-letter topic.
    public Headers allHeaders() {
        Headers all = new RecordHeaders(headers.toArray());
        add(all, REASON, reason);
        add(all, TEXT, text);
        add(all, TOPIC, source.topic);
        add(all, PARTITION, Integer.toString(source.partition));
        add(all, OFFSET, Long.toString(source.offset));
        add(all, TIME, Long.toString(source.time));
        if (cutFrom > 0) {
            add(all, CUT_FROM, Long.toString(cutFrom));
        }
        return all;
    }

    /// True when the record can be sent again as it was.
    public boolean isWhole() {
        return cutFrom == 0 && source.time >= 0;
    }

    private static Headers foreign(Headers headers) {
        List<Header> kept = Arrays.stream(headers.toArray())
                .filter(header -> !OWN.contains(header.key()))
                .toList();
        return new RecordHeaders(kept);
    }

    private static long bytes(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long bytes = length(key) + (long) length(value);
        for (Header header : headers) {
            bytes += 3L * header.key().length() + length(header.value()); // a char takes three bytes of UTF-8 at most
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(Headers headers, String name, long otherwise) {
        try {
            return Long.parseLong(text(headers, name));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
