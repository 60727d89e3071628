package dev.headwater.bus;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Encodes a frame of sound, the reading of a network with sound, as a record's value and decodes it. The
/// record's key is the source; its time is that of the frame's first sample.
///
/// Layout: the magic byte 0x9E, the version byte 2, a byte for the kind (1 = PCM of 16 bits, one channel), and
/// the samples, little-endian. A frame without samples marks the end of the source. The header
/// [ValueFormat#HEADER], if present, must be `binary`. Thread-safe.
public final class FrameCodec {

    static final byte VERSION = 2;
    static final byte PCM16 = 1;
    private static final int HEAD_BYTES = 3;

    private final int samples;

    /// @param network its interval is the duration of a frame
    /// @param audio   its sample rate
    public FrameCodec(SensorNetwork network, AudioSpec audio) {
        this.samples = audio.frameSamples(network.interval());
    }

    /// @param frame samples of a frame, or none for the end of a source
    /// @throws IllegalArgumentException when there is any other number of samples
    public byte[] encode(short[] frame) {
        if (frame.length != 0 && frame.length != samples) {
            throw new IllegalArgumentException("a frame has " + samples + " samples or none, found " + frame.length);
        }
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + Short.BYTES * frame.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ReadingCodec.MAGIC)
                .put(VERSION)
                .put(PCM16);
        out.asShortBuffer().put(frame);
        return out.array();
    }

    /// @return the samples of a frame; none where the source has ended
    /// @throws BadReadingException when it breaks a rule of the form; nothing else is thrown, whatever the bytes
    public short[] decode(byte @Nullable [] value, Headers headers) {
        if (ValueFormat.stated(headers).orElse(ValueFormat.BINARY) != ValueFormat.BINARY) {
            throw new BadReadingException(
                    "header " + ValueFormat.HEADER + ": a frame of sound must be binary, found json");
        }
        return decode(value);
    }

    /// @see #decode(byte[], Headers)
    public short[] decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadReadingException("no value");
        }
        requireHead(value);
        int bytes = value.length - HEAD_BYTES;
        if (bytes != 0 && bytes != samples * Short.BYTES) {
            throw new BadReadingException(
                    "frame: must have " + samples + " samples of 2 bytes or none, found " + bytes + " bytes");
        }
        short[] frame = new short[bytes / Short.BYTES];
        ByteBuffer.wrap(value, HEAD_BYTES, bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(frame);
        return frame;
    }

    private static void requireHead(byte[] value) {
        if (value[0] != ReadingCodec.MAGIC) {
            throw new BadReadingException("frame: must begin with 0x9E, found 0x%02X".formatted(value[0]));
        }
        if (value.length < HEAD_BYTES) {
            throw new BadReadingException("frame: must have a head of " + HEAD_BYTES + " bytes, found " + value.length);
        }
        if (value[1] != VERSION) {
            throw new BadReadingException("frame: must be of version " + VERSION + ", found " + (value[1] & 0xFF));
        }
        if (value[2] != PCM16) {
            throw new BadReadingException(
                    "frame: must be of kind " + PCM16 + " (PCM of 16 bits), found " + (value[2] & 0xFF));
        }
    }
}
