package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens with the readings of a sensor that the network does not list.
public enum UnknownSensors {
    /// It is served like any other.
    @JsonProperty("accept")
    ACCEPT,
    /// Its readings go to the dead letters.
    @JsonProperty("reject")
    REJECT
}
