package dev.headwater.trainer;

/// Receives the progress of training, on the training thread. A sample is a window of a forecaster or a clip of
/// a classifier.
public interface TrainingListener {

    /// Ignores all progress.
    TrainingListener NONE = new TrainingListener() {};

    /// The run resumes an earlier one.
    ///
    /// @param epochs completed epochs
    /// @param best   their best validation figure
    default void resumed(int epochs, double best) {}

    /// @param epoch   from 1
    /// @param epochs  maximum number of epochs
    /// @param samples in this epoch
    default void epochStarted(int epoch, int epochs, long samples) {}

    /// One update of the parameters is complete.
    ///
    /// @param done samples of this epoch so far
    /// @param loss of the batch: masked MAE in the unit of the target, or cross-entropy
    default void batch(long done, double loss) {}

    /// @param validation masked MAE, mean over the steps in the unit of the target, or accuracy
    /// @param best       true when it is the best so far
    default void epochEnded(int epoch, double validation, boolean best) {}
}
