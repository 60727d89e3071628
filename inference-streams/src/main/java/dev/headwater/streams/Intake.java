package dev.headwater.streams;

import dev.headwater.bus.Admission;
import dev.headwater.bus.BadReadingException;
import dev.headwater.forecasting.network.SlotClock;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Checks and decodes each record once, and forwards readings to the nodes behind it. All other records become
/// dead letters.
final class Intake implements Processor<byte[], byte[], byte[], Object> {

    private final StreamParts parts;
    private final List<String> consumers;
    private final Admission admission;
    private final SlotClock clock;

    private ProcessorContext<byte[], Object> context;
    private DeadLetters deadLetters;

    /// @param consumers nodes that get the readings, in this order
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Intake(StreamParts parts, List<String> consumers) {
        this.parts = parts;
        this.consumers = consumers;
        this.admission = new Admission(parts.network(), parts.settings().limits());
        this.clock = parts.network().clock();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        context = processorContext;
        deadLetters = new DeadLetters(context, parts.metrics());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        AdmittedReading reading;
        try {
            reading = admit(record);
        } catch (BadReadingException e) {
            deadLetters.add(record, e);
            return;
        }
        Record<byte[], AdmittedReading> admitted = record.withValue(reading);
        for (String consumer : consumers) {
            context.forward(admitted, consumer);
        }
    }

    private AdmittedReading admit(Record<byte[], byte[]> record) {
        long time = EventTime.of(record);
        String sensor = admission.sensor(record.key());
        admission.requireTime(time, context.currentSystemTimeMs());
        Admission.Content content = admission.content(record.value(), record.headers());
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(Long.MAX_VALUE);
        return new AdmittedReading(record, sensor, clock.slotOf(time), offset, content.values(), content.samples());
    }
}
