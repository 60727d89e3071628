package dev.headwater.trainer;

/// Told how training goes, on the training thread.
public interface TrainingListener {

    /// Says nothing.
    TrainingListener NONE = new TrainingListener() {};

    /// The run goes on where an earlier one was.
    ///
    /// @param epochs  epochs done
    /// @param bestMae validation MAE of the best of them
    default void resumed(int epochs, double bestMae) {}

    /// @param epoch   from 1
    /// @param epochs  most that there will be
    /// @param windows windows of this epoch
    default void epochStarted(int epoch, int epochs, long windows) {}

    /// One update of the parameters is done.
    ///
    /// @param done windows of this epoch seen so far
    /// @param loss masked MAE of the batch, unit of the target
    default void batch(long done, double loss) {}

    /// @param validationMae masked MAE, mean over the steps, unit of the target
    /// @param best          true when no epoch before was as good
    default void epochEnded(int epoch, double validationMae, boolean best) {}
}
