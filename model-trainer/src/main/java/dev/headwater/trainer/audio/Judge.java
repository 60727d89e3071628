package dev.headwater.trainer.audio;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.ingest.audio.Clip;
import dev.headwater.kernels.RecurrentClassifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Counts what a classifier hears against what was said.
public final class Judge {

    private static final int WARM_UP = 200;
    private static final int MEASURED = 200;

    private Judge() {}

    /// Judges the served classifier on clips, on all processors.
    public static Confusion of(KeywordClassifier classifier, List<Clip> clips) {
        int[] heard = clips.parallelStream()
                .mapToInt(clip -> {
                    float[] probabilities = new float[classifier.words().size()];
                    classifier.classify(clip.samples(), 0, probabilities);
                    return KeywordEvent.likeliest(probabilities);
                })
                .toArray();
        int[][] counts = new int[classifier.words().size()][classifier.words().size()];
        for (int i = 0; i < heard.length; i++) {
            counts[classifier.words().indexOf(clips.get(i).word())][heard[i]]++;
        }
        return Confusion.of(classifier.words(), counts);
    }

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

    /// Seconds of one core for a second of sound: the median over clips, one after the other on this thread, warm.
    public static double realTimeFactor(KeywordClassifier classifier, List<Clip> clips, int sampleRate) {
        float[] probabilities = new float[classifier.words().size()];
        double[] seconds = new double[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            Clip clip = clips.get(Math.floorMod(i, clips.size()));
            long begun = System.nanoTime();
            classifier.classify(clip.samples(), 0, probabilities);
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - begun) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds[MEASURED / 2] * sampleRate / classifier.clip();
    }
}
