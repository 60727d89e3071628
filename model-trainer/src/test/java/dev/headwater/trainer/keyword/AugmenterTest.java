package dev.headwater.trainer.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.trainer.keyword.KeywordSettings.Augmentation;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmenterTest {

    private static final int SAMPLES = 4_000;
    private static final SpectrumSpec SPECTRUM = new SpectrumSpec(SAMPLES, 16_000, 255, 128, 20);

    private static short[] pulse(int at) {
        short[] pcm = new short[SAMPLES];
        pcm[at] = 32_000;
        return pcm;
    }

    private static float[] changed(Augmentation augmentation, short[] pcm, long seed) {
        float[] sound = new float[SAMPLES];
        new Augmenter(augmentation, SPECTRUM).sound(pcm, new SplittableRandom(seed), sound);
        return sound;
    }

    private static int loudest(float[] sound) {
        return IntStream.range(0, sound.length)
                .reduce((a, b) -> Math.abs(sound[b]) > Math.abs(sound[a]) ? b : a)
                .orElseThrow();
    }

    @Test
    void withoutSettingsTheClipStaysAsItIs() {
        // Given
        Random random = new Random(1);
        short[] pcm = new short[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            pcm[i] = (short) random.nextInt();
        }

        // When
        float[] sound = changed(new Augmentation(0, 0, 0, 0, 0, 0, 0, 0), pcm, 5);

        // Then
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(sound[i]).isEqualTo(pcm[i] / 32_768f);
        }
    }

    @Test
    void shiftsWithinItsBoundBothWays() {
        // Given 50 ms, which are 800 samples
        Augmentation shift = new Augmentation(50, 0, 0, 0, 0, 0, 0, 0);
        int[] places = IntStream.range(0, 200)
                .map(seed -> loudest(changed(shift, pulse(2_000), seed)))
                .toArray();

        // Then
        assertThat(Arrays.stream(places).min().orElseThrow()).isBetween(1_199, 1_300);
        assertThat(Arrays.stream(places).max().orElseThrow()).isBetween(2_700, 2_801);
    }

    @Test
    void speedMovesWhatIsFarFromTheMiddle() {
        // Given a quarter faster or slower about the middle
        Augmentation speed = new Augmentation(0, 0.25, 0, 0, 0, 0, 0, 0);
        int[] places = IntStream.range(0, 200)
                .map(seed -> loudest(changed(speed, pulse(3_000), seed)))
                .toArray();

        // Then 1,000 samples from the middle become 800 to 1,333
        assertThat(Arrays.stream(places).min().orElseThrow()).isBetween(2_799, 2_830);
        assertThat(Arrays.stream(places).max().orElseThrow()).isBetween(3_280, 3_334);
        assertThat(loudest(changed(speed, pulse(2_000), 3))).isBetween(1_999, 2_001);
    }

    @Test
    void noiseLiesBelowTheSound() {
        // Given a sine, and noise in every clip
        short[] pcm = new short[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            pcm[i] = (short) (10_000 * Math.sin(i * 0.3));
        }
        for (int seed = 0; seed < 50; seed++) {
            // When
            float[] sound = changed(new Augmentation(0, 0, 0, 1, 0, 0, 0, 0), pcm, seed);

            // Then
            double signal = 0;
            double noise = 0;
            for (int i = 0; i < SAMPLES; i++) {
                double clean = pcm[i] / 32_768.0;
                signal += clean * clean;
                noise += Math.pow(sound[i] - clean, 2);
            }
            assertThat(10 * Math.log10(signal / noise)).isBetween(4.5, 35.5);
        }
    }

    @Test
    void masksWholeBandsAndSpansAndNoMoreThanItMay() {
        // Given
        int frames = SPECTRUM.frames();
        int width = SPECTRUM.width();
        Augmenter augmenter = new Augmenter(new Augmentation(0, 0, 0, 0, 1, 0.25, 0.5, 0), SPECTRUM);
        int masked = 0;
        for (int seed = 0; seed < 100; seed++) {
            float[] spectrum = new float[frames * width];
            Arrays.fill(spectrum, 1);

            // When
            augmenter.mask(spectrum, new SplittableRandom(seed));

            // Then every zero lies in a whole row or column of zeros
            boolean[] bands = new boolean[width];
            boolean[] spans = new boolean[frames];
            for (int band = 0; band < width; band++) {
                int i = band;
                bands[band] = IntStream.range(0, frames).allMatch(frame -> spectrum[frame * width + i] == 0);
            }
            for (int frame = 0; frame < frames; frame++) {
                int at = frame * width;
                spans[frame] = IntStream.range(0, width).allMatch(band -> spectrum[at + band] == 0);
            }
            for (int i = 0; i < spectrum.length; i++) {
                assertThat(spectrum[i] == 0).isEqualTo(bands[i % width] || spans[i / width]);
                masked += spectrum[i] == 0 ? 1 : 0;
            }
            assertThat(IntStream.range(0, width).filter(band -> bands[band]).count())
                    .isLessThanOrEqualTo(width / 4);
            assertThat(IntStream.range(0, frames).filter(frame -> spans[frame]).count())
                    .isLessThanOrEqualTo(frames / 2);
        }
        assertThat(masked).isPositive();
    }

    @Test
    void mixedTargetsStillAddUpToOne() {
        // Given
        float[][] frames = {{1, 1}, {2, 2}, {4, 4}};
        float[] targets = {1, 0, 0, 1, 0.5f, 0.5f};

        // When
        float[] mixed = Mixup.apply(frames, targets, 0.2, new SplittableRandom(3));

        // Then the same share mixes both
        for (int clip = 0; clip < 3; clip++) {
            assertThat(mixed[2 * clip] + mixed[2 * clip + 1]).isCloseTo(1, within(1e-6f));
        }
        float share = (4 - frames[1][0]) / 2; // of the second clip's own 2, the rest is the third one's 4
        assertThat(mixed[3]).isCloseTo(share + (1 - share) * 0.5f, within(1e-5f));
    }

    @Test
    void betaVariatesHaveTheirMoments() {
        SplittableRandom random = new SplittableRandom(7);
        double[] values = IntStream.range(0, 20_000)
                .mapToDouble(i -> Mixup.beta(0.4, random))
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.02));
        assertThat(variance).isCloseTo(0.25 / 1.8, within(0.01));
    }
}
