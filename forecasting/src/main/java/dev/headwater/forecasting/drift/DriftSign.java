package dev.headwater.forecasting.drift;

/// A sensor has begun to drift.
///
/// @param time event time of the slot at which that was certain, milliseconds since 1970
public record DriftSign(String sensor, DriftKind kind, long time) {}
