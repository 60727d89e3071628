package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// By what the figures of a window are scaled before a model reads them.
public enum Normalisation {
    /// Mean and deviation of the training span: the level of a figure means the same at all times.
    @JsonProperty("training")
    TRAINING,
    /// Mean and deviation of the window itself, and the forecast is scaled back by the target's: only the
    /// shape counts. For histories whose training span has not seen all levels, such as half a year of
    /// weather. After RevIN (Kim et al., *Reversible Instance Normalization for Time-Series Forecasting*, 2022).
    @JsonProperty("window")
    WINDOW
}
