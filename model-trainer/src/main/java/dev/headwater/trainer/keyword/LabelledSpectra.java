package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.kernels.RecurrentClassifier;
import dev.headwater.trainer.EpochLoop;
import java.util.List;
import java.util.stream.IntStream;

/// Clips without augmentation, to validate a network on during training.
///
/// @param spectra `[clip][frame * width]`, normalised
/// @param labels  `[clip]`, the word's number
record LabelledSpectra(float[][] spectra, int[] labels) {

    static LabelledSpectra of(List<Clip> clips, List<String> words, Spectra spectra) {
        return new LabelledSpectra(
                spectra.of(clips),
                clips.stream().mapToInt(clip -> words.indexOf(clip.word())).toArray());
    }

    /// Of two scores of the same accuracy, the one with the lower loss is better.
    ///
    /// @param accuracy share of correct clips
    /// @param loss     mean cross-entropy
    record Score(double accuracy, double loss) implements EpochLoop.Score<Score> {

        @Override
        public double figure() {
            return accuracy;
        }

        @Override
        public boolean isBetterThan(Score other) {
            return accuracy > other.accuracy || accuracy == other.accuracy && loss < other.loss;
        }
    }

    Score score(RecurrentClassifier network) {
        float[] said = new float[spectra.length]; // probability of the right word
        long right = IntStream.range(0, spectra.length)
                .parallel()
                .filter(clip -> {
                    float[] probabilities = new float[network.shape().classes()];
                    network.classify(spectra[clip], probabilities);
                    said[clip] = probabilities[labels[clip]];
                    return KeywordEvent.likeliest(probabilities) == labels[clip];
                })
                .count();
        double loss = 0;
        for (float probability : said) {
            loss -= Math.log(Math.max(probability, Float.MIN_NORMAL));
        }
        return new Score((double) right / spectra.length, loss / spectra.length);
    }
}
