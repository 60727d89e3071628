package dev.headwater.bus;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Writes the values of readings, `float[measures]`, NaN = missing, in one form, and names it in a header.
public record ReadingSerializer(ReadingCodec codec, ValueFormat written) implements Serializer<float[]> {

    @Override
    public byte @Nullable [] serialize(String topic, float @Nullable [] values) {
        return values == null ? null : codec.encode(values, written);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, float @Nullable [] values) {
        written.mark(headers);
        return serialize(topic, values);
    }
}
