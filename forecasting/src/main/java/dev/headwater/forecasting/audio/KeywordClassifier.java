package dev.headwater.forecasting.audio;

import java.util.List;

/// Tells which word is spoken in a clip. Thread-safe.
public interface KeywordClassifier {

    /// How events name it: `keyword-gru@3`, `keyword-lstm@4`.
    String name();

    /// The words, in the order of the probabilities.
    List<String> words();

    /// Samples of a clip.
    int clip();

    /// Probabilities of the words in one clip; they add up to 1.
    ///
    /// @param pcm           samples of 16 bits; those of the clip begin at `from`
    /// @param probabilities `[word]`, written
    void classify(short[] pcm, int from, float[] probabilities);
}
