package dev.headwater.forecasting.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Synthetic words: each a different glide of a tone, by speakers of different pitch, with noise.
public final class Voices {

    public static final List<String> WORDS = List.of("up", "down", "flat");

    private Voices() {}

    public static List<Clip> clips(int speakers, int takes, int samples, long seed) {
        Random random = new Random(seed);
        List<Clip> clips = new ArrayList<>();
        for (String word : WORDS) {
            for (int speaker = 0; speaker < speakers; speaker++) {
                for (int take = 0; take < takes; take++) {
                    String id = "speaker" + speaker;
                    double pitch = 800 + 60 * speaker + 40 * random.nextDouble();
                    clips.add(new Clip(word, id, id + "_nohash_" + take + ".wav", glide(word, pitch, samples, random)));
                }
            }
        }
        return clips;
    }

    private static short[] glide(String word, double pitch, int samples, Random random) {
        double rise = switch (word) {
            case "up" -> 1;
            case "down" -> -1;
            default -> 0;
        };
        short[] pcm = new short[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            phase += 2 * Math.PI * pitch * (1 + 0.6 * rise * (i - samples / 2.0) / samples) / 16_000;
            pcm[i] = (short) (8_000 * Math.sin(phase) + 300 * random.nextGaussian());
        }
        return pcm;
    }
}
