package dev.headwater.forecasting.drift;

import org.jspecify.annotations.Nullable;

/// What one part of a network's sensors says: how far it is, and perhaps that a sensor has begun to drift.
///
/// @param part    number of the part
/// @param reached event time that it has reached, milliseconds since 1970
/// @param sensors number of its sensors
/// @param sign    null when it only says how far it is
public record DriftReport(
        int part, long reached, int sensors, @Nullable DriftSign sign) {}
