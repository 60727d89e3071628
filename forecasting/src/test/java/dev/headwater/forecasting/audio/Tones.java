package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Words spoken as tones: one frequency per word of the network, which Goertzel's algorithm can tell apart.
public final class Tones implements KeywordClassifier {

    public static final SensorNetwork NETWORK = NetworkFile.load("speech");
    public static final AudioSpec AUDIO = Objects.requireNonNull(NETWORK.audio());
    public static final int FRAME = AUDIO.frameSamples(NETWORK.interval());

    private static final double LOWEST = 400; // Hz
    private static final double APART = 300;
    private static final double SHARPNESS = 4;

    private int classified;

    @Override
    public String name() {
        return "tones@1";
    }

    @Override
    public List<String> words() {
        return AUDIO.words();
    }

    @Override
    public int clip() {
        return AUDIO.clip();
    }

    @Override
    public void classify(short[] pcm, int from, float[] probabilities) {
        classified++;
        double sum = 0;
        for (int w = 0; w < probabilities.length; w++) {
            probabilities[w] = (float) Math.pow(power(pcm, from, frequency(w)), SHARPNESS / 2) + 1e-30f;
            sum += probabilities[w];
        }
        for (int w = 0; w < probabilities.length; w++) {
            probabilities[w] /= (float) sum;
        }
    }

    /// Number of calls of the classifier.
    public int classified() {
        return classified;
    }

    private static double frequency(int word) {
        return LOWEST + APART * word;
    }

    private double power(short[] pcm, int from, double frequency) {
        double turn = 2 * Math.cos(2 * Math.PI * frequency / AUDIO.sampleRate());
        double before = 0;
        double beforeThat = 0;
        for (int i = from; i < from + clip(); i++) {
            double now = pcm[i] / 32768.0 + turn * before - beforeThat;
            beforeThat = before;
            before = now;
        }
        double power = before * before + beforeThat * beforeThat - turn * before * beforeThat;
        return power / clip() / clip();
    }

    /// Quiet noise.
    public static short[] noise(int frames, Random random) {
        short[] noise = new short[frames * FRAME];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (20 * random.nextGaussian());
        }
        return noise;
    }

    /// Adds a word of 0.4 s to a sound.
    public static void speak(short[] sound, int frame, int word) {
        for (int i = 0; i < 20 * FRAME; i++) {
            double swell = Math.sin(Math.PI * i / (20.0 * FRAME));
            sound[frame * FRAME + i] +=
                    (short) (6000 * swell * Math.sin(2 * Math.PI * frequency(word) * i / AUDIO.sampleRate()));
        }
    }

    /// One frame of a sound.
    public static short[] frame(short[] sound, int frame) {
        return Arrays.copyOfRange(sound, frame * FRAME, (frame + 1) * FRAME);
    }
}
