package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headwater.forecasting.evaluation.ErrorTable;

/// What an evaluation of a network with sound gave.
///
/// @param realTimeFactor seconds of one core for a second of sound, measured now
/// @param seconds        time taken
/// @param energy         errors of the forecasts of the frames' energy
public record SoundEvaluation(
        @JsonUnwrapped WordScores words, double realTimeFactor, double seconds, ErrorTable energy) {}
