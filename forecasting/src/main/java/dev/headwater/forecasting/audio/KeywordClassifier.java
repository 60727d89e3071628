package dev.headwater.forecasting.audio;

import java.util.List;

/// Classifies which word is spoken in a clip. Thread-safe.
public interface KeywordClassifier {

    /// Name used in events: `keyword-gru@3`, `keyword-lstm@4`.
    String name();

    /// The words, in the order of the probabilities.
    List<String> words();

    /// Number of samples in a clip.
    int clip();

    /// Computes the probabilities of the words in one clip; they add up to 1.
    ///
    /// @param pcm           samples of 16 bits; the clip begins at `from`
    /// @param probabilities `[word]`, written
    void classify(short[] pcm, int from, float[] probabilities);
}
