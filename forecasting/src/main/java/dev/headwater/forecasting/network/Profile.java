package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which profile of a sensor's usual day a model gets as input.
public enum Profile {
    /// No profile.
    @JsonProperty("none")
    NONE,
    /// Means over the training part by weekday and time of day, never updated.
    @JsonProperty("fixed")
    FIXED,
    /// Exponentially weighted means by weekday and time of day, updated at the end of each day.
    @JsonProperty("moving")
    MOVING
}
