package dev.headwater.forecasting;

import java.util.List;

/// The forecast of one sensor's target over the horizon. Its identity is (sensor, issuedAt): a new forecast
/// with the same identity replaces it.
///
/// @param sensor    the sensor's id
/// @param issuedAt  start of the newest slot of the window, milliseconds since 1970; step 1 is one interval later
/// @param values    `[horizon]` in the unit of the target; empty when the forecaster abstained
/// @param intervals prediction intervals, the narrowest first; empty when the model has none
/// @param observed  slots of the window in which the target was observed
/// @param lookback  slots of the window
/// @param model     `name@version`
/// @param artefact  first digits of the SHA-256 of the model's artefact, which tell apart versions of the same
///                  number; empty when there is no artefact
/// @param borrowed  whether the sensor's profile is still borrowed from the other sensors
public record Forecast(
        String sensor,
        long issuedAt,
        float[] values,
        List<Interval> intervals,
        int observed,
        int lookback,
        String model,
        String artefact,
        boolean borrowed) {

    /// Bounds per step.
    ///
    /// @param level probability that the truth lies between the bounds, 0 to 1
    /// @param lower `[horizon]` in the unit of the target
    /// @param upper `[horizon]` in the unit of the target
    public record Interval(double level, float[] lower, float[] upper) {}

    /// Whether the forecaster abstained because too few slots were observed.
    public boolean abstained() {
        return values.length == 0;
    }
}
