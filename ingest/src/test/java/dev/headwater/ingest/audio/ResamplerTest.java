package dev.headwater.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    private static final double LOUD = 20_000;

    private static float[] tone(double frequency, int rate) {
        float[] tone = new float[rate];
        for (int i = 0; i < rate; i++) {
            tone[i] = (float) (LOUD * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return tone;
    }

    /// Root mean square without the edges, where the silence around the sound shows.
    private static double rms(short[] samples) {
        double sum = 0;
        int edge = samples.length / 20;
        for (int i = edge; i < samples.length - edge; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (samples.length - 2 * edge));
    }

    @ParameterizedTest
    @CsvSource({"44100,16000", "48000,16000", "8000,16000", "22050,16000", "16001,16000", "16000,44100"})
    void keepsTonesInThePassBandAndTheirPhase(int from, int to) {
        Resampler resampler = new Resampler(from, to);
        double passBand = 0.9 * Math.min(from, to) / 2;
        for (double frequency = 50; frequency < passBand; frequency *= 1.37) {
            // When a tone of a sweep is resampled
            short[] samples = resampler.resample(tone(frequency, from));
            // Then it is that tone at the new rate, up to rounding and 80 dB below
            assertThat(samples).hasSize(to);
            for (int i = to / 20; i < to - to / 20; i++) {
                double expected = LOUD * Math.sin(2 * Math.PI * frequency * i / to);
                assertThat(Math.abs(samples[i] - expected))
                        .as("sample %d of %s Hz", i, frequency)
                        .isLessThan(LOUD * 1e-4 + 0.5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"44100,16000", "48000,16000", "16000,8000"})
    void takesOutWhatWouldAlias(int from, int to) {
        Resampler resampler = new Resampler(from, to);
        for (double frequency = 1.001 * to / 2; frequency < 0.98 * from / 2; frequency *= 1.07) {
            double left = rms(resampler.resample(tone(frequency, from)));
            assertThat(left).as("%s Hz", frequency).isLessThan(LOUD / Math.sqrt(2) * 1e-4 + 0.3);
        }
    }

    @Test
    void clipsWhatIsTooLoud() {
        assertThat(Resampler.rounded(new float[] {40_000, -40_000, 1.5f, -1.6f}))
                .containsExactly(Short.MAX_VALUE, Short.MIN_VALUE, (short) 2, (short) -2);
    }
}
