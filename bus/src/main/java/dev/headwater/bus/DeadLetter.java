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

/// A record of the readings topic that was set aside: as it came, with headers that say why and where it came from.
///
/// @param reason     a [DeadLetterReason#code()]; a word of another version stays as it is
/// @param text       the reason as a sentence
/// @param source     where the record stood
/// @param key        its key as it came
/// @param value      its value as it came; cut when the record was too large for another topic
/// @param headers    its own headers
/// @param cutFrom    bytes that the record had when it was cut, 0 when it is whole
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
    /// Headers that say where the record stood.
    public static final String TOPIC = "headwater-source-topic";

    public static final String PARTITION = "headwater-source-partition";
    public static final String OFFSET = "headwater-source-offset";
    public static final String TIME = "headwater-source-time";
    /// Header with the bytes that a cut record had.
    public static final String CUT_FROM = "headwater-cut-from";

    /// Bytes that a dead letter carries at most: with its own headers it must fit the least that a broker takes (1
    /// MiB).
    static final int LARGEST = 900_000;

    private static final int CUT_VALUE = 64 << 10;
    private static final int CUT_KEY = 1 << 10;
    private static final Set<String> OWN = Set.of(REASON, TEXT, TOPIC, PARTITION, OFFSET, TIME, CUT_FROM);

    /// Where a record stood.
    ///
    /// @param time milliseconds since 1970 as the record says, negative ones too
    public record Source(String topic, int partition, long offset, long time) {}

    /// A record to be set aside; it is cut when it is too large to be written elsewhere.
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

    /// The dead letter that a record of the dead-letter topic is. What a header does not say is empty, 0 or -1: anyone
    /// may write there.
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
