package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A calendar cycle that a model gets as input, as sine and cosine.
public enum Calendar {
    /// Midnight to midnight.
    @JsonProperty("timeOfDay")
    TIME_OF_DAY,
    /// Monday to Sunday.
    @JsonProperty("dayOfWeek")
    DAY_OF_WEEK,
    /// The seasons.
    @JsonProperty("timeOfYear")
    TIME_OF_YEAR
}
