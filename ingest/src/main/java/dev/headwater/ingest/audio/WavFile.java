package dev.headwater.ingest.audio;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads RIFF/WAVE files (Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, 1991;
/// Microsoft, Multiple Channel Audio Data and WAVE Files, 2007) as one channel of 16 bits at a given rate.
///
/// PCM of 16 bits, one channel, at that rate is used unchanged. PCM of 8, 24 or 32 bits and floats are rounded
/// to 16 bits, channels are averaged, other rates are resampled (see [Resampler]). This class reads the file's
/// chunks itself, because `javax.sound.sampled` accepts a truncated file as a shorter one.
public final class WavFile {

    private static final long LARGEST = 1L << 30; // bytes: nine hours at 16 kHz
    private static final int RIFF = tag("RIFF");
    private static final int WAVE = tag("WAVE");
    private static final int FMT = tag("fmt ");
    private static final int DATA = tag("data");
    private static final int RIFF_HEAD = 12;
    private static final int CHUNK_HEAD = 8;

    private final Path file;
    private final ByteBuffer bytes;
    private @Nullable WavFormat format;
    private @Nullable ByteBuffer data;

    /// Sound of one channel.
    ///
    /// @param samples       PCM of 16 bits at the requested rate
    /// @param convertedFrom what the file holds, such as `44100 Hz, 2 channels, 24 bits`; null when nothing was
    ///                      converted
    public record Sound(short[] samples, @Nullable String convertedFrom) {}

    private WavFile(Path file, byte[] content) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Reads a file as a whole.
    ///
    /// @param sampleRate requested samples per second
    /// @throws InvalidInputException when the file cannot be read, is not a WAV file, is damaged or compressed,
    ///                               or holds no sample
    public static Sound read(Path file, int sampleRate) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidInputException(file + ": must have at most " + LARGEST + " bytes, found "
                        + Files.size(file) + ": cut it into several files");
            }
            WavFile wav = new WavFile(file, Files.readAllBytes(file));
            wav.walk();
            return wav.decode(sampleRate);
        } catch (IOException e) {
            throw InvalidInputException.unreadable(file.toString(), file, e);
        }
    }

    /// The notice to the user about converted files.
    static String conversion(String from, int sampleRate) {
        return "converted from " + from + " to " + sampleRate + " Hz, 1 channel, 16 bits";
    }

    private void walk() {
        if (bytes.remaining() < RIFF_HEAD || bytes.getInt(0) != RIFF || bytes.getInt(CHUNK_HEAD) != WAVE) {
            throw fault("is no WAV file: must begin with RIFF, a size and WAVE");
        }
        bytes.position(RIFF_HEAD);
        while (bytes.hasRemaining() && (data == null || format == null)) {
            if (bytes.remaining() < CHUNK_HEAD) {
                throw fault("is broken off in the header of a chunk, at byte " + bytes.position());
            }
            int tag = bytes.getInt();
            long length = Integer.toUnsignedLong(bytes.getInt());
            ByteBuffer chunk = chunk(tag, length);
            if (tag == FMT) {
                format = WavFormat.read(file, chunk);
            } else if (tag == DATA) {
                data = chunk;
            }
        }
    }

    /// The chunk that begins here; steps over it and the byte that makes its length even.
    private ByteBuffer chunk(int tag, long length) {
        if (length > bytes.remaining()) {
            throw fault(
                    "is broken off: chunk '" + name(tag) + "' says " + length + " bytes, found " + bytes.remaining());
        }
        ByteBuffer chunk = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position((int) Math.min(bytes.limit(), bytes.position() + length + (length & 1)));
        return chunk;
    }

    private Sound decode(int sampleRate) {
        if (format == null || data == null) {
            throw fault("has no chunk '" + (format == null ? "fmt " : "data") + "'");
        }
        int samples = format.samples(file, data.remaining());
        if (samples == 0) {
            throw fault("holds no samples");
        }
        if (format.isPlain(sampleRate)) {
            short[] plain = new short[samples];
            data.asShortBuffer().get(plain);
            return new Sound(plain, null);
        }
        float[] mono = format.mono(file, data, samples);
        if (format.sampleRate() == sampleRate) {
            return new Sound(Resampler.rounded(mono), format.words());
        }
        return new Sound(new Resampler(format.sampleRate(), sampleRate).resample(mono), format.words());
    }

    private InvalidInputException fault(String what) {
        return new InvalidInputException(file + ": " + what);
    }

    private static int tag(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    private static String name(int tag) {
        StringBuilder name = new StringBuilder();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            char c = (char) (tag >> shift & 0xFF);
            name.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return name.toString();
    }
}
