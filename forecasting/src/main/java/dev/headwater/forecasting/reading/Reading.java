package dev.headwater.forecasting.reading;

/// What one sensor reported at one time.
///
/// @param sensor the sensor's id
/// @param time   event time, milliseconds since 1970
/// @param values one per measure of the network, in its order; NaN = missing. Owned by the reading: not copied, not to
///               be changed
public record Reading(String sensor, long time, float[] values) {}
