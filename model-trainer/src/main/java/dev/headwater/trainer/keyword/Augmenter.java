package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.audio.Stft;
import dev.headwater.trainer.keyword.KeywordSettings.Augmentation;
import java.util.SplittableRandom;

/// Augments a clip by shift, speed (and with it pitch), gain and noise, and its spectrum by masked bands and
/// spans (SpecAugment, Park et al., 2019).
final class Augmenter {

    private static final double MILLIS = 1_000;
    private static final double MIN_SNR = 5; // decibels
    private static final double SNR_RANGE = 30; // decibels

    private final Augmentation settings;
    private final SpectrumSpec spectrum;

    Augmenter(Augmentation settings, SpectrumSpec spectrum) {
        this.settings = settings;
        this.spectrum = spectrum;
    }

    /// @param pcm   `[samples]`
    /// @param sound `[samples]` from -1 to 1, written
    void sound(short[] pcm, SplittableRandom random, float[] sound) {
        double speed = 1 + settings.speed() * symmetric(random);
        double shift = settings.shift() / MILLIS * spectrum.sampleRate() * symmetric(random);
        double gain = Math.pow(10, settings.gain() * symmetric(random) / 20);
        resample(pcm, speed, shift, (float) gain * Stft.SAMPLE, sound);
        if (random.nextDouble() < settings.noise()) {
            addNoise(sound, MIN_SNR + SNR_RANGE * random.nextDouble(), random);
        }
    }

    private static double symmetric(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    /// Resamples the clip about its middle by linear interpolation; silence beyond its ends.
    private static void resample(short[] pcm, double speed, double shift, float scale, float[] sound) {
        double middle = sound.length / 2.0;
        for (int i = 0; i < sound.length; i++) {
            double place = (i - middle) * speed + middle + shift;
            int before = (int) Math.floor(place);
            float part = (float) (place - before);
            sound[i] = scale * ((1 - part) * at(pcm, before) + part * at(pcm, before + 1));
        }
    }

    private static float at(short[] pcm, int index) {
        return index >= 0 && index < pcm.length ? pcm[index] : 0;
    }

    private static void addNoise(float[] sound, double decibels, SplittableRandom random) {
        double power = 0;
        for (float value : sound) {
            power += value * value;
        }
        float level = (float) (Math.sqrt(power / sound.length) * Math.pow(10, -decibels / 20));
        for (int i = 0; i < sound.length; i++) {
            sound[i] += level * (float) random.nextGaussian();
        }
    }

    /// Masks in place with the mean, which is 0.
    ///
    /// @param frames `[frame][width]`, normalised
    void mask(float[] frames, SplittableRandom random) {
        int width = spectrum.width();
        int count = spectrum.frames();
        for (int i = 0; i < settings.masks(); i++) {
            int bands = (int) (random.nextDouble() * settings.frequencyMask() * width);
            int band = random.nextInt(width - bands + 1);
            int span = (int) (random.nextDouble() * settings.timeMask() * count);
            int frame = random.nextInt(count - span + 1);
            clear(frames, 0, count, band, band + bands);
            clear(frames, frame, frame + span, 0, width);
        }
    }

    private void clear(float[] frames, int fromFrame, int toFrame, int from, int to) {
        for (int frame = fromFrame; frame < toFrame; frame++) {
            for (int i = from; i < to; i++) {
                frames[frame * spectrum.width() + i] = 0;
            }
        }
    }
}
