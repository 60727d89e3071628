package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.LogSpectrum;
import dev.headwater.forecasting.audio.SpectrumSpec;
import java.util.List;

/// Normalises spectra by the mean and the standard deviation of each band over the training clips.
///
/// @param spec      of the spectra
/// @param mean      `[width]`
/// @param deviation `[width]`, above 0
record Spectra(SpectrumSpec spec, float[] mean, float[] deviation) {

    private static final double MIN_DEVIATION = 1e-3;

    static Spectra fit(SpectrumSpec spec, List<Clip> clips) {
        LogSpectrum spectrum = new LogSpectrum(spec);
        int width = spec.width();
        float[] frames = new float[spec.frames() * width];
        double[] sums = new double[width];
        double[] squares = new double[width];
        for (Clip clip : clips) {
            spectrum.compute(clip.samples(), 0, frames);
            for (int i = 0; i < frames.length; i++) {
                sums[i % width] += frames[i];
                squares[i % width] += (double) frames[i] * frames[i];
            }
        }
        double count = (double) clips.size() * spec.frames();
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int i = 0; i < width; i++) {
            double average = sums[i] / count;
            mean[i] = (float) average;
            double variance = Math.max(0, squares[i] / count - average * average);
            deviation[i] = (float) Math.max(MIN_DEVIATION, Math.sqrt(variance));
        }
        return new Spectra(spec, mean, deviation);
    }

    /// @param frames `[frame][width]`, normalised in place
    void normalise(float[] frames) {
        int width = spec.width();
        for (int at = 0; at < frames.length; at += width) {
            for (int i = 0; i < width; i++) {
                frames[at + i] = (frames[at + i] - mean[i]) / deviation[i];
            }
        }
    }

    /// Normalised spectra of clips without augmentation.
    ///
    /// @return `[clip][frame * width]`
    float[][] of(List<Clip> clips) {
        return clips.parallelStream()
                .map(clip -> {
                    float[] frames = new float[spec.frames() * spec.width()];
                    new LogSpectrum(spec).compute(clip.samples(), 0, frames);
                    normalise(frames);
                    return frames;
                })
                .toArray(float[][]::new);
    }
}
