package dev.headwater.streams.sensors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A sensor in a list.
///
/// @param newest   event time of its newest reading, as in 2017-05-25T07:00:00Z
/// @param ready    whether its window is full, so that each new slot brings a forecast
/// @param pending  forecasts whose reading was taken in and which were not yet issued
/// @param drifting whether it was found to have changed, and has not calmed down since
/// @param error    how well it was forecast of late; null when it was not compared yet
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SensorSummary(
        String sensor,
        String newest,
        boolean ready,
        int pending,
        boolean drifting,
        @Nullable RecentError error) {}
