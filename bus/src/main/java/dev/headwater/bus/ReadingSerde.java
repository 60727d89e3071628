package dev.headwater.bus;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Reading;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// The values of a network's readings as Kafka serialises them: `float[measures]`, NaN = missing. Writes one form and
/// reads both; see [ReadingCodec]. A record without a value is a bad reading, not a null one, so that no reader has to
/// ask.
public final class ReadingSerde implements Serde<float[]> {

    private final ReadingCodec codec;
    private final ValueFormat written;

    /// Writes JSON.
    public ReadingSerde(SensorNetwork network) {
        this(network, ValueFormat.JSON);
    }

    /// @param written the form to write
    public ReadingSerde(SensorNetwork network, ValueFormat written) {
        this.codec = new ReadingCodec(network);
        this.written = written;
    }

    /// A reading as a record: key sensor, record time = event time. The partition is chosen by the key.
    public static ProducerRecord<String, float[]> toRecord(String topic, Reading reading) {
        return new ProducerRecord<>(topic, null, reading.time(), reading.sensor(), reading.values());
    }

    /// The reading that a record is.
    ///
    /// @throws BadReadingException when the record has no key, so that nobody knows which sensor reported
    public static Reading fromRecord(ConsumerRecord<String, float[]> record) {
        if (record.key() == null || record.key().isEmpty()) {
            throw new BadReadingException("key: must be the sensor's id, found none");
        }
        return new Reading(record.key(), record.timestamp(), record.value());
    }

    @Override
    public Serializer<float[]> serializer() {
        return new Writer(codec, written);
    }

    @Override
    public Deserializer<float[]> deserializer() {
        return new Reader(codec);
    }

    private record Writer(ReadingCodec codec, ValueFormat written) implements Serializer<float[]> {
        @Override
        public byte @Nullable [] serialize(String topic, float @Nullable [] values) {
            return values == null ? null : codec.encode(values, written); // null deletes a key from a store
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, float @Nullable [] values) {
            written.mark(headers);
            return serialize(topic, values);
        }
    }

    private record Reader(ReadingCodec codec) implements Deserializer<float[]> {
        @Override
        public float[] deserialize(String topic, byte @Nullable [] value) {
            return codec.decode(value);
        }

        @Override
        public float[] deserialize(String topic, Headers headers, byte @Nullable [] value) {
            return codec.decode(value, headers);
        }
    }
}
