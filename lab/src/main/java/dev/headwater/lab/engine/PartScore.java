package dev.headwater.lab.engine;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import org.jspecify.annotations.Nullable;

/// How well the examples of a part were predicted.
///
/// @param loss      mean over examples, steps and values
/// @param figure    the figure of the row, in the unit of the data
/// @param errors    by step of the target, in the targets' own scale; null for classes
/// @param confusion `[true][predicted]`; null for values
record PartScore(
        double loss,
        double figure,
        @Nullable HorizonErrors errors,
        @Nullable Confusion confusion) {}
