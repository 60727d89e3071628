package dev.headwater.bus;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Frames of sound as Kafka serialises them; see [FrameCodec].
public record FrameSerializer(FrameCodec codec) implements Serializer<short[]> {

    @Override
    public byte @Nullable [] serialize(String topic, short @Nullable [] frame) {
        return frame == null ? null : codec.encode(frame);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, short @Nullable [] frame) {
        ValueFormat.BINARY.mark(headers);
        return serialize(topic, frame);
    }
}
