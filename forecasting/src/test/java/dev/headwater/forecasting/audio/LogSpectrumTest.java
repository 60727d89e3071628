package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSpectrumTest {

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    /// The triangle of a band at a frequency, with straight sides on the mel scale.
    private static double triangle(int band, int bands, double hertz) {
        double width = (mel(7_600) - mel(60)) / (bands + 1);
        double peak = mel(60) + (band + 1) * width;
        return Math.max(0, 1 - Math.abs(mel(hertz) - peak) / width);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 64, 80})
    void sumsThePowerUnderEachTriangle(int bands) {
        // Given
        Random random = new Random(bands);
        short[] pcm = new short[900];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i < 400 ? random.nextInt() : 0); // silence at the end
        }
        Stft stft = new Stft(900, 255, 128);
        float[] magnitudes = new float[stft.frames() * stft.bins()];
        stft.magnitudes(pcm, 0, magnitudes);
        SpectrumSpec spec = new SpectrumSpec(900, 16_000, 255, 128, bands);
        float[] out = new float[spec.frames() * spec.width()];

        // When
        new LogSpectrum(spec).compute(pcm, 0, out);

        // Then
        for (int frame = 0; frame < spec.frames(); frame++) {
            for (int band = 0; band < bands; band++) {
                double power = 1e-6;
                for (int bin = 0; bin < 129; bin++) {
                    double magnitude = magnitudes[frame * 129 + bin];
                    power += triangle(band, bands, bin * 62.5) * magnitude * magnitude;
                }
                assertThat((double) out[frame * bands + band])
                        .as("frame %d band %d", frame, band)
                        .isCloseTo(Math.log(power), within(1e-4));
            }
        }
    }

    @Test
    void withoutBandsTheBinsThemselvesStand() {
        // Given
        SpectrumSpec spec = new SpectrumSpec(900, 16_000, 255, 128, 0);
        float[] sound = new float[900];
        sound[300] = 1; // a click has a flat spectrum
        float[] out = new float[spec.frames() * spec.width()];

        // When
        new LogSpectrum(spec).compute(sound, out);

        // Then
        assertThat(spec.width()).isEqualTo(129);
        float level = out[2 * 129];
        for (int bin = 0; bin < 129; bin++) {
            assertThat(out[2 * 129 + bin]).isCloseTo(level, within(1e-3f));
            assertThat(out[4 * 129 + bin]).isCloseTo((float) Math.log(1e-6), within(1e-4f));
        }
    }

    @Test
    void refusesASpecThatCannotBe() {
        assertThatThrownBy(() -> new SpectrumSpec(100, 16_000, 255, 128, 40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new SpectrumSpec(1_000, 16_000, 255, 128, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
