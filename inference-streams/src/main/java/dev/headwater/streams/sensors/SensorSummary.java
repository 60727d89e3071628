package dev.headwater.streams.sensors;

/// A sensor in a list.
///
/// @param newest  event time of its newest reading, as in 2017-05-25T07:00:00Z
/// @param ready   whether its window is full, so that each new slot brings a forecast
/// @param pending forecasts whose reading was taken in and which were not yet issued
public record SensorSummary(String sensor, String newest, boolean ready, int pending) {}
