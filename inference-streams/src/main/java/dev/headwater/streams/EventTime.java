package dev.headwater.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;

/// Event time is record time. A record with a negative time (before 1970 or missing) reaches the intake at time
/// 0, with its own time in a header. So it becomes a dead letter; Kafka Streams alone would drop it or stop.
final class EventTime implements TimestampExtractor {

    private static final String NEGATIVE = "headwater-negative-time";

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long time = record.timestamp();
        if (time < 0) {
            record.headers().add(NEGATIVE, Long.toString(time).getBytes(StandardCharsets.UTF_8));
        }
        return Math.max(0, time);
    }

    /// The record's own time, milliseconds since 1970.
    static long of(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(NEGATIVE);
        if (header == null || header.value() == null) {
            return record.timestamp();
        }
        try {
            return Math.min(-1, Long.parseLong(new String(header.value(), StandardCharsets.UTF_8)));
        } catch (NumberFormatException e) {
            return -1; // a producer wrote that header itself
        }
    }

    /// The headers as the producer wrote them.
    static Headers withoutMark(Headers headers) {
        return headers.remove(NEGATIVE);
    }
}
