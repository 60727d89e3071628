package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StftTest {

    /// The definition: window, zero padding, then every bin as a sum over all samples, in double precision.
    private static double[] plain(float[] sound, int at, int frameLength, int fftLength) {
        int period = frameLength % 2 == 0 ? frameLength : frameLength - 1; // as in TensorFlow
        double[] magnitudes = new double[fftLength / 2 + 1];
        for (int bin = 0; bin < magnitudes.length; bin++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < frameLength; i++) {
                double value = sound[at + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / period));
                re += value * Math.cos(2 * Math.PI * bin * i / fftLength);
                im -= value * Math.sin(2 * Math.PI * bin * i / fftLength);
            }
            magnitudes[bin] = Math.hypot(re, im);
        }
        return magnitudes;
    }

    private static short[] noise(long seed, int samples) {
        Random random = new Random(seed);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = switch (random.nextInt(8)) { // extremes and silence among ordinary samples
                case 0 -> Short.MIN_VALUE;
                case 1 -> Short.MAX_VALUE;
                case 2 -> 0;
                default -> (short) random.nextInt();
            };
        }
        return pcm;
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 255, 128",
        "1000, 256, 100",
        "700, 257, 128",
        "63, 63, 1",
        "64, 2, 7",
        "65, 3, 64",
        "33, 31, 2",
        "17, 16, 1",
        "513, 511, 3"
    })
    void isTheFourierTransformOfEachWindowedFrame(int samples, int frameLength, int frameStep) {
        // Given
        short[] pcm = noise(samples, samples + 5);
        float[] sound = new float[samples];
        for (int i = 0; i < samples; i++) {
            sound[i] = pcm[i + 5] / 32_768f;
        }
        Stft stft = new Stft(samples, frameLength, frameStep);
        float[] out = new float[stft.frames() * stft.bins()];
        float[] again = new float[out.length];

        // When
        stft.magnitudes(pcm, 5, out);
        stft.magnitudes(sound, again);

        // Then
        assertThat(again).isEqualTo(out);
        assertThat(stft.frames()).isEqualTo((samples - frameLength) / frameStep + 1);
        for (int frame = 0; frame < stft.frames(); frame++) {
            double[] expected = plain(sound, frame * frameStep, frameLength, 2 * (stft.bins() - 1));
            for (int bin = 0; bin < stft.bins(); bin++) {
                assertThat((double) out[frame * stft.bins() + bin])
                        .as("frame %d bin %d", frame, bin)
                        .isCloseTo(expected[bin], within(2e-4));
            }
        }
    }

    @Test
    void aSecondAtSixteenKilohertzGives124FramesOf129Bins() {
        Stft stft = new Stft(16_000, 255, 128);
        assertThat(stft.frames()).isEqualTo(124);
        assertThat(stft.bins()).isEqualTo(129);
    }

    @Test
    void aToneIsFoundInItsBin() {
        // Given 1 kHz, which is bin 16 at 62.5 Hz per bin
        short[] pcm = new short[16_000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(16_384 * Math.sin(2 * Math.PI * 1_000 * i / 16_000));
        }
        Stft stft = new Stft(16_000, 255, 128);
        float[] out = new float[stft.frames() * stft.bins()];

        // When
        stft.magnitudes(pcm, 0, out);

        // Then half the amplitude of 0.5 times the sum of the window, 127
        assertThat(out[60 * 129 + 16]).isCloseTo(0.5f * 127 / 2, within(0.05f));
        assertThat(out[60 * 129 + 40]).isCloseTo(0, within(0.01f));
    }

    @Test
    void silenceIsNothingEvenAfterSound() {
        // Given
        Stft stft = new Stft(600, 255, 128);
        float[] out = new float[stft.frames() * stft.bins()];
        stft.magnitudes(noise(1, 600), 0, out);

        // When
        stft.magnitudes(new short[600], 0, out);

        // Then
        assertThat(out).containsOnly(0f);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new Stft(100, 101, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stft(100, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stft(100, 10, 0)).isInstanceOf(IllegalArgumentException.class);
        Stft stft = new Stft(100, 10, 5);
        float[] out = new float[stft.frames() * stft.bins()];
        assertThatThrownBy(() -> stft.magnitudes(new short[100], 1, out)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> stft.magnitudes(new short[100], 0, new float[3]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Arrays.stream(new int[] {2, 3, 255, 256, 257}).map(Stft::bins))
                .containsExactly(2, 3, 129, 129, 257);
    }
}
