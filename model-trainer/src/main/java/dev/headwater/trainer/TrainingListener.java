package dev.headwater.trainer;

/// Told how training goes, on the training thread. A sample is a window of a forecaster, a clip of a classifier.
public interface TrainingListener {

    /// Says nothing.
    TrainingListener NONE = new TrainingListener() {};

    /// The run goes on where an earlier one was.
    ///
    /// @param epochs epochs done
    /// @param best   best figure of them on the validation part
    default void resumed(int epochs, double best) {}

    /// @param epoch   from 1
    /// @param epochs  most that there will be
    /// @param samples of this epoch
    default void epochStarted(int epoch, int epochs, long samples) {}

    /// One update of the parameters is done.
    ///
    /// @param done samples of this epoch seen so far
    /// @param loss of the batch: masked MAE in the unit of the target, or cross-entropy
    default void batch(long done, double loss) {}

    /// @param validation figure on the validation part: masked MAE, mean over the steps, in the unit of the target, or
    ///                   accuracy
    /// @param best       true when no epoch before was as good
    default void epochEnded(int epoch, double validation, boolean best) {}
}
