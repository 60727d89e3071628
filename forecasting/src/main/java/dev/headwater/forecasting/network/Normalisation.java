package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Statistics by which a window's values are scaled before a model reads them.
public enum Normalisation {
    /// Mean and deviation of the training part: a scaled value means the same level at all times.
    @JsonProperty("training")
    TRAINING,
    /// Mean and deviation of the window itself; the forecast is scaled back by the target's. Only the shape of the
    /// window counts. For histories whose training part does not cover all levels, such as half a year of weather.
    /// After RevIN (Kim et al., *Reversible Instance Normalization for Time-Series Forecasting*, 2022).
    @JsonProperty("window")
    WINDOW
}
