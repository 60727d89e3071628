package dev.headwater.ingest.audio;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// How the samples of a WAV file are written: its `fmt ` chunk.
///
/// @param floats     true for IEEE floats, false for integers
/// @param channels   1 or more, interleaved
/// @param sampleRate samples a second of each channel
/// @param bits       8 (unsigned), 16, 24 or 32; 32 or 64 of floats
record WavFormat(boolean floats, int channels, int sampleRate, int bits) {

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MIN = 16; // bytes of a chunk
    private static final int MIN_EXTENSIBLE = 40;
    private static final int SUBFORMAT = 24;
    private static final long GUID_MIDDLE = 0x0010_0000_0000L; // of the GUIDs that hold a format code
    private static final long GUID_END = 0x719B_3800_AA00_0080L;
    private static final int MAX_CHANNELS = 64;
    private static final int LOWEST_RATE = 1_000;
    private static final int HIGHEST_RATE = 768_000;
    private static final float FULL_SCALE = 32_768; // of 16 bits

    /// @throws InvalidInputException when the chunk is cut short, or the format is compressed or invalid
    static WavFormat read(Path file, ByteBuffer chunk) {
        if (chunk.remaining() < MIN) {
            throw fault(file, "chunk 'fmt ' must have at least " + MIN + " bytes, found " + chunk.remaining());
        }
        int code = code(file, chunk);
        int channels = Short.toUnsignedInt(chunk.getShort(2));
        long rate = Integer.toUnsignedLong(chunk.getInt(4));
        int block = Short.toUnsignedInt(chunk.getShort(12));
        int bits = Short.toUnsignedInt(chunk.getShort(14));
        boolean known = code == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
                || code == FLOAT && (bits == 32 || bits == 64);
        if (!known) {
            throw fault(
                    file,
                    "must be PCM of 8, 16, 24 or 32 bits or floats of 32 or 64, found "
                            + (code == PCM || code == FLOAT ? "" : "codec 0x%04X (compressed?) of ".formatted(code))
                            + bits + " bits");
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw fault(file, "channels must be 1 to " + MAX_CHANNELS + ", found " + channels);
        }
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw fault(file, "samples a second must be " + LOWEST_RATE + " to " + HIGHEST_RATE + ", found " + rate);
        }
        if (block != channels * bits / Byte.SIZE) {
            throw fault(
                    file,
                    "a sample of all channels must have " + channels * bits / Byte.SIZE + " bytes, found " + block);
        }
        return new WavFormat(code == FLOAT, channels, (int) rate, bits);
    }

    private static int code(Path file, ByteBuffer chunk) {
        int code = Short.toUnsignedInt(chunk.getShort(0));
        if (code != EXTENSIBLE) {
            return code;
        }
        if (chunk.remaining() < MIN_EXTENSIBLE) {
            throw fault(
                    file,
                    "chunk 'fmt ' must have at least " + MIN_EXTENSIBLE + " bytes in the extensible form, found "
                            + chunk.remaining());
        }
        long begin = chunk.getLong(SUBFORMAT);
        if (begin >>> Short.SIZE != GUID_MIDDLE || chunk.getLong(SUBFORMAT + Long.BYTES) != GUID_END) {
            throw fault(file, "holds a format that is neither PCM nor floats");
        }
        return (int) (begin & 0xFFFF);
    }

    /// True when no conversion is needed: PCM of 16 bits, one channel, at the requested rate.
    boolean isPlain(int wantedRate) {
        return !floats && bits == Short.SIZE && channels == 1 && sampleRate == wantedRate;
    }

    /// The format in words: `44100 Hz, 2 channels, 24 bits`.
    String words() {
        return sampleRate + " Hz, " + channels + (channels == 1 ? " channel, " : " channels, ") + bits + " bits"
                + (floats ? " float" : "");
    }

    /// Samples of each channel in that many bytes.
    ///
    /// @throws InvalidInputException when the last one is cut short
    int samples(Path file, int bytes) {
        int block = channels * bits / Byte.SIZE;
        if (bytes % block != 0) {
            throw fault(file, "chunk 'data' must hold whole samples of " + block + " bytes, found " + bytes + " bytes");
        }
        return bytes / block;
    }

    /// The mean of the channels on the scale of 16 bits: -32768 to 32767.
    ///
    /// @throws InvalidInputException when a float is NaN or infinite
    float[] mono(Path file, ByteBuffer data, int samples) {
        float[] mono = new float[samples];
        int width = bits / Byte.SIZE;
        for (int i = 0; i < samples; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += sample(data, (i * channels + c) * width);
            }
            if (!Float.isFinite(sum)) {
                throw fault(file, "sample " + i + " must be a number, found " + sum / channels);
            }
            mono[i] = sum / channels;
        }
        return mono;
    }

    private float sample(ByteBuffer data, int at) {
        if (floats) {
            return FULL_SCALE * (bits == Float.SIZE ? data.getFloat(at) : (float) data.getDouble(at));
        }
        return switch (bits) {
            case 8 -> ((data.get(at) & 0xFF) - 128) * 256f;
            case 16 -> data.getShort(at);
            case 24 -> (data.getShort(at + 1)) + (data.get(at) & 0xFF) / 256f;
            case 32 -> data.getInt(at) / 65_536f;
            default -> throw new IllegalStateException("PCM of " + bits + " bits"); // read() admits no other
        };
    }

    private static InvalidInputException fault(Path file, String what) {
        return new InvalidInputException(file + ": " + what);
    }
}
