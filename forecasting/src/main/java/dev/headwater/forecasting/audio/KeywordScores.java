package dev.headwater.forecasting.audio;

import java.util.Arrays;
import java.util.List;

/// Measures a classifier's accuracy and speed on clips.
public final class KeywordScores {

    private static final int WARM_UP = 200;
    private static final int MEASURED = 200;

    private KeywordScores() {}

    /// Evaluates a classifier on clips, on all processors.
    public static Confusion of(KeywordClassifier classifier, List<Clip> clips) {
        int[] heard =
                clips.parallelStream().mapToInt(clip -> heard(classifier, clip)).toArray();
        int[][] counts = new int[classifier.words().size()][classifier.words().size()]; // [said][heard]
        for (int i = 0; i < heard.length; i++) {
            counts[classifier.words().indexOf(clips.get(i).word())][heard[i]]++;
        }
        return Confusion.of(classifier.words(), counts);
    }

    /// Index of the likeliest word in a clip.
    public static int heard(KeywordClassifier classifier, Clip clip) {
        float[] probabilities = new float[classifier.words().size()];
        classifier.classify(clip.samples(), 0, probabilities);
        return KeywordEvent.likeliest(probabilities);
    }

    /// Seconds of one core per second of sound: the median over clips on this thread, after a warm-up.
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
