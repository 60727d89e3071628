package dev.headwater.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {

    private static final int RATE = 16_000;

    @TempDir
    private Path folder;

    private static short[] noise(int samples) {
        Random random = new Random(11);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) random.nextInt();
        }
        noise[0] = Short.MIN_VALUE;
        noise[1] = Short.MAX_VALUE;
        return noise;
    }

    /// A WAV file of PCM 16, one channel; `mangle` may change its bytes, and their limit becomes the file's
    /// length.
    private Path wav(short[] samples, Consumer<ByteBuffer> mangle) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1000 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(36 + 2 * samples.length).put("WAVE".getBytes());
        out.put("fmt ".getBytes()).putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes()).putInt(2 * samples.length);
        for (short sample : samples) {
            out.putShort(sample);
        }
        out.flip();
        mangle.accept(out);
        Path file = folder.resolve("a.wav");
        byte[] bytes = new byte[out.limit()];
        out.get(0, bytes);
        Files.write(file, bytes);
        return file;
    }

    /// The samples as Java's own writer encodes them.
    private Path written(AudioFormat format, byte[] data) throws IOException {
        Path file = folder.resolve("b.wav");
        var stream = new AudioInputStream(new ByteArrayInputStream(data), format, data.length / format.getFrameSize());
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        return file;
    }

    @Test
    void takesSixteenBitsOfOneChannelAsTheyAre() throws IOException {
        short[] samples = noise(999);
        WavFile.Sound sound = WavFile.read(wav(samples, bytes -> {}), RATE);
        assertThat(sound.samples()).containsExactly(samples);
        assertThat(sound.convertedFrom()).isNull();
    }

    @Test
    void stepsOverOtherChunksAndTheirPadding() throws IOException {
        // Given a list of odd length and a fact between format and data, and a tail that is not a chunk
        short[] samples = noise(10);
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(0).put("WAVE".getBytes());
        out.put("LIST".getBytes()).putInt(3).put(new byte[] {1, 2, 3, 0});
        out.put("fmt ".getBytes()).putInt(18).putShort((short) 1).putShort((short) 1);
        out.putInt(RATE)
                .putInt(2 * RATE)
                .putShort((short) 2)
                .putShort((short) 16)
                .putShort((short) 0);
        out.put("fact".getBytes()).putInt(4).putInt(10);
        out.put("data".getBytes()).putInt(20);
        for (short sample : samples) {
            out.putShort(sample);
        }
        out.put("bye".getBytes());
        Path file = folder.resolve("c.wav");
        Files.write(file, java.util.Arrays.copyOf(out.array(), out.position()));
        // When, Then
        assertThat(WavFile.read(file, RATE).samples()).containsExactly(samples);
    }

    @Test
    void readsTheExtensibleForm() throws IOException {
        short[] samples = noise(7);
        ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(0).put("WAVE".getBytes());
        out.put("fmt ".getBytes()).putInt(40).putShort((short) 0xFFFE).putShort((short) 1);
        out.putInt(RATE)
                .putInt(2 * RATE)
                .putShort((short) 2)
                .putShort((short) 16)
                .putShort((short) 22);
        out.putShort((short) 16).putInt(4); // valid bits, speakers
        out.putShort((short) 1).put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38});
        out.put(new byte[] {(byte) 0x9B, 0x71});
        out.put("data".getBytes()).putInt(14);
        for (short sample : samples) {
            out.putShort(sample);
        }
        Path file = folder.resolve("d.wav");
        Files.write(file, java.util.Arrays.copyOf(out.array(), out.position()));
        assertThat(WavFile.read(file, RATE).samples()).containsExactly(samples);
        // and refuses one that wraps something else
        byte[] bytes = Files.readAllBytes(file);
        bytes[50] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> WavFile.read(file, RATE)).hasMessageContaining("neither PCM nor floats");
    }

    @ParameterizedTest
    @CsvSource({"8,1", "24,1", "32,1", "16,2", "24,2", "16,6"})
    void roundsOtherWidthsAndAveragesChannels(int bits, int channels) throws IOException {
        // Given samples whose channels differ, as Java writes them
        short[] samples = noise(500 * channels);
        int bytes = bits / 8;
        ByteBuffer data = ByteBuffer.allocate(samples.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : samples) {
            switch (bits) {
                case 8 -> data.put((byte) ((sample >> 8) + 128));
                case 16 -> data.putShort(sample);
                case 24 -> data.put((byte) 0).putShort(sample);
                default -> data.putInt(sample << 16);
            }
        }
        var encoding = bits == 8 ? AudioFormat.Encoding.PCM_UNSIGNED : AudioFormat.Encoding.PCM_SIGNED;
        var format = new AudioFormat(encoding, RATE, bits, channels, bytes * channels, RATE, false);
        // When
        WavFile.Sound sound = WavFile.read(written(format, data.array()), RATE);
        // Then
        short[] expected = new short[500];
        for (int i = 0; i < 500; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                int sample = samples[i * channels + c];
                sum += bits == 8 ? sample >> 8 << 8 : sample;
            }
            expected[i] = (short) Math.round((float) sum / channels);
        }
        assertThat(sound.samples()).containsExactly(expected);
        assertThat(sound.convertedFrom())
                .isEqualTo("16000 Hz, " + channels + (channels == 1 ? " channel, " : " channels, ") + bits + " bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void readsFloats(int bits) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : new double[] {0, 0.5, -1, 1.7}) {
            if (bits == 32) {
                data.putFloat((float) value);
            } else {
                data.putDouble(value);
            }
        }
        var format = new AudioFormat(AudioFormat.Encoding.PCM_FLOAT, RATE, bits, 1, bits / 8, RATE, false);
        WavFile.Sound sound = WavFile.read(written(format, data.array()), RATE);
        assertThat(sound.samples()).containsExactly((short) 0, (short) 16384, Short.MIN_VALUE, Short.MAX_VALUE);
        assertThat(sound.convertedFrom()).isEqualTo("16000 Hz, 1 channel, " + bits + " bits float");
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 48_000})
    void resamplesOtherRates(int rate) throws IOException {
        // Given a second of a tone
        ByteBuffer data = ByteBuffer.allocate(2 * rate).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rate; i++) {
            data.putShort((short) Math.round(8000 * Math.sin(2 * Math.PI * 440 * i / rate)));
        }
        // When
        short[] samples = WavFile.read(written(new AudioFormat(rate, 16, 1, true, false), data.array()), RATE)
                .samples();
        // Then it is the same tone, a second long
        assertThat(samples).hasSize(RATE);
        for (int i = 500; i < RATE - 500; i++) {
            assertThat((double) samples[i]).isCloseTo(8000 * Math.sin(2 * Math.PI * 440 * i / RATE), within(2.0));
        }
    }

    @Test
    void refusesWhatIsNoWholeWavFile() throws IOException {
        short[] samples = noise(100);
        refused(samples, bytes -> bytes.put(0, (byte) 'X'), "is no WAV file: must begin with RIFF, a size and WAVE");
        refused(samples, bytes -> bytes.limit(5), "is no WAV file: must begin with RIFF, a size and WAVE");
        refused(samples, bytes -> bytes.limit(0), "is no WAV file: must begin with RIFF, a size and WAVE");
        refused(samples, bytes -> bytes.limit(15), "is broken off in the header of a chunk, at byte 12");
        refused(samples, bytes -> bytes.limit(30), "is broken off: chunk 'fmt ' says 16 bytes, found 10");
        refused(samples, bytes -> bytes.limit(243), "is broken off: chunk 'data' says 200 bytes, found 199");
        refused(samples, bytes -> bytes.putInt(40, -1), "is broken off: chunk 'data' says 4294967295 bytes, found 200");
        refused(samples, bytes -> bytes.limit(36), "has no chunk 'data'");
        refused(samples, bytes -> bytes.put(12, (byte) 'x'), "has no chunk 'fmt '");
        refused(samples, bytes -> bytes.putInt(16, 10), "chunk 'fmt ' must have at least 16 bytes, found 10");
        refused(samples, bytes -> bytes.putInt(40, 0), "holds no samples");
        refused(
                samples,
                bytes -> bytes.putInt(40, 199),
                "chunk 'data' must hold whole samples of 2 bytes, found 199" + " bytes");
    }

    @Test
    void refusesFormatsThatItCannotRead() throws IOException {
        short[] samples = noise(100);
        String rule = "must be PCM of 8, 16, 24 or 32 bits or floats of 32 or 64, found ";
        refused(samples, bytes -> bytes.putShort(20, (short) 0x55), rule + "codec 0x0055 (compressed?) of 16 bits");
        refused(samples, bytes -> bytes.putShort(34, (short) 12), rule + "12 bits");
        refused(samples, bytes -> bytes.putShort(22, (short) 0), "channels must be 1 to 64, found 0");
        refused(samples, bytes -> bytes.putInt(24, 0), "samples a second must be 1000 to 768000, found 0");
        refused(samples, bytes -> bytes.putShort(32, (short) 1), "a sample of all channels must have 2 bytes, found 1");
        refused(
                samples,
                bytes -> bytes.putShort(20, (short) 0xFFFE),
                "chunk 'fmt ' must have at least 40 bytes in the extensible form, found 16");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> WavFile.read(folder.resolve("none.wav"), RATE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none.wav: no such file or folder");
    }

    private void refused(short[] samples, Consumer<ByteBuffer> mangle, String fault) throws IOException {
        Path file = wav(samples, mangle);
        assertThatThrownBy(() -> WavFile.read(file, RATE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": " + fault);
    }
}
