package dev.headwater.streams;

import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.DeadLetter;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Counts rejected records, and sends them to the dead-letter topic with the reason.
record DeadLetters(ProcessorContext<byte[], ? super byte[]> context, StreamMetrics metrics) {

    void add(Record<byte[], byte[]> record, BadReadingException fault) {
        metrics.deadLetter(fault.reason());
        long time = EventTime.of(record);
        DeadLetter.Source source = context.recordMetadata()
                .map(from -> new DeadLetter.Source(from.topic(), from.partition(), from.offset(), time))
                .orElseGet(() -> new DeadLetter.Source("", -1, -1, time));
        DeadLetter letter =
                DeadLetter.of(fault, source, record.key(), record.value(), EventTime.withoutMark(record.headers()));
        context.forward(
                new Record<>(letter.key(), letter.value(), record.timestamp(), letter.allHeaders()),
                ForecastTopology.DEAD_LETTERS_SINK);
    }
}
