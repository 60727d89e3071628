package dev.headwater.forecasting.audio;

import java.util.List;

/// A word was heard. Its identity is (source, from): a new event with the same identity replaces it.
///
/// @param source        the source of the sound
/// @param words         the classifier's words
/// @param probabilities `[word]`
/// @param from          begin of the classified clip, milliseconds since 1970
/// @param to            end of the clip
/// @param model         `name@version`
public record KeywordEvent(String source, List<String> words, float[] probabilities, long from, long to, String model) {

    public KeywordEvent {
        if (words.isEmpty() || words.size() != probabilities.length) {
            throw new IllegalArgumentException(
                    "a keyword event has a probability per word, found " + probabilities.length + " for " + words);
        }
        words = List.copyOf(words);
    }

    /// The likeliest word.
    public String word() {
        return words.get(likeliest(probabilities));
    }

    /// Probability of the likeliest word.
    public float probability() {
        return probabilities[likeliest(probabilities)];
    }

    /// Index of the largest probability; the first one if several are equal.
    public static int likeliest(float[] probabilities) {
        int best = 0;
        for (int w = 1; w < probabilities.length; w++) {
            best = probabilities[w] > probabilities[best] ? w : best;
        }
        return best;
    }
}
