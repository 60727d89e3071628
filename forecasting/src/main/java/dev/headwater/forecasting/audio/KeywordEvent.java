package dev.headwater.forecasting.audio;

import java.util.List;

/// A word was heard. Its identity is (source, from): hearing it again replaces it.
///
/// @param source        whose sound it is
/// @param words         what was listened for
/// @param probabilities `[word]`
/// @param from          where the clip that was classified begins, milliseconds since 1970
/// @param to            where it ends
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

    /// How likely that word is.
    public float probability() {
        return probabilities[likeliest(probabilities)];
    }

    /// The index of the largest probability, of several the first.
    public static int likeliest(float[] probabilities) {
        int best = 0;
        for (int w = 1; w < probabilities.length; w++) {
            best = probabilities[w] > probabilities[best] ? w : best;
        }
        return best;
    }
}
