package dev.headwater.forecasting.truth;

/// The observed targets of one sensor.
@FunctionalInterface
public interface SlotTruth {

    /// The target at a slot, in its unit; NaN when nothing was observed, or not yet.
    float at(long slot);
}
