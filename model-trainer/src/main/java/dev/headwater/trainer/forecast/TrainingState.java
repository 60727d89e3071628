package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.artefact.ModelMetrics;
import java.util.List;

/// State of a training run between two epochs, from which it can be resumed.
///
/// @param learner the network
/// @param epochs  figures of the completed epochs
/// @param orders  state of the generator before each epoch, which determines the order of the windows
/// @param random  current state of the generator
/// @param best    parameters of the best epoch, `[parameters]`
/// @param trained windows trained on
/// @param nanos   spent on training alone
record TrainingState(
        Learner.State learner,
        List<ModelMetrics.Epoch> epochs,
        List<Long> orders,
        long random,
        float[] best,
        long trained,
        long nanos) {}
