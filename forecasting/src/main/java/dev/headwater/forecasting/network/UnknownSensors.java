package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Handling of readings from a sensor that the network does not list.
public enum UnknownSensors {
    /// The sensor is served like any other.
    @JsonProperty("accept")
    ACCEPT,
    /// The readings go to the dead-letter topic.
    @JsonProperty("reject")
    REJECT
}
