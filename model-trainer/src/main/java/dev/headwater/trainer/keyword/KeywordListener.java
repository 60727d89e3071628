package dev.headwater.trainer.keyword;

/// Told how the training of a classifier goes, on the training thread.
public interface KeywordListener {

    /// Says nothing.
    KeywordListener NONE = new KeywordListener() {};

    /// @param epoch  from 1
    /// @param epochs most that there will be
    /// @param clips  of this epoch
    default void epochStarted(int epoch, int epochs, long clips) {}

    /// One update of the parameters is done.
    ///
    /// @param done clips of this epoch seen so far
    /// @param loss cross-entropy of the batch
    default void batch(long done, double loss) {}

    /// @param accuracy on the validation clips
    /// @param best     true when no epoch before was as good
    default void epochEnded(int epoch, double accuracy, boolean best) {}
}
