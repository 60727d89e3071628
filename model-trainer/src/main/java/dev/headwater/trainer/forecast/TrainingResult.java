package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.artefact.ForecastModel;

/// Result of training.
///
/// @param model            version 0; the registry assigns the real one
/// @param epochs           epochs begun
/// @param bestEpoch        the epoch whose parameters the model has, from 1
/// @param interrupted      whether the last epoch was interrupted
/// @param seconds          wall-clock, evaluation included
/// @param windowsPerSecond windows trained on per second of training, encoding included, evaluation not
public record TrainingResult(
        ForecastModel model, int epochs, int bestEpoch, boolean interrupted, double seconds, double windowsPerSecond) {}
