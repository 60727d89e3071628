package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.artefact.ModelMetrics;
import java.util.List;

/// A training run between two epochs: all that the epochs to come depend on.
///
/// @param learner the network
/// @param epochs  the epochs done
/// @param orders  state of the random numbers before each epoch, from which the order of the windows follows
/// @param random  state of the random numbers now
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
