package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a model is told of a sensor's usual course of the day.
public enum Profile {
    /// Nothing.
    @JsonProperty("none")
    NONE,
    /// Means of the training span by weekday and time of day, which never change again.
    @JsonProperty("fixed")
    FIXED,
    /// Exponentially weighted means by weekday and time of day, brought up to date with each day that is over.
    @JsonProperty("moving")
    MOVING
}
