package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headwater.forecasting.evaluation.ErrorTable;

/// Result of an evaluation of a network with sound.
///
/// @param realTimeFactor seconds that one core takes for a second of sound, measured in this evaluation
/// @param seconds        time taken
/// @param energy         errors of the forecasts of the frames' energy
public record SoundEvaluation(
        @JsonUnwrapped WordScores words, double realTimeFactor, double seconds, ErrorTable energy) {}
