package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A cycle of the clock on the wall that a model is told of, as sine and cosine.
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
