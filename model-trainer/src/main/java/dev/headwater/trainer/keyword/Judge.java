package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.kernels.RecurrentClassifier;
import java.util.stream.IntStream;

/// How the network of a classifier fares while it is trained.
final class Judge {

    private Judge() {}

    /// How a network fares on spectra.
    ///
    /// @param accuracy share told right
    /// @param loss     mean cross-entropy
    record Score(double accuracy, double loss) {}

    /// @param spectra `[clip][frame * width]`, normalised
    /// @param labels  `[clip]` the word's number
    static Score of(RecurrentClassifier network, float[][] spectra, int[] labels) {
        float[] said = new float[spectra.length]; // the probability of what was said
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
