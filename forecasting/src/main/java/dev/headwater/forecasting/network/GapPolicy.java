package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// Handling of empty slots in a window: they are imputed by the last observation carried forward, and the
/// forecast states how many were observed; below `minObserved` the stream abstains.
///
/// @param minObserved smallest share of slots with an observed target, 0 to 1, for which a forecast is made
public record GapPolicy(double minObserved) {

    public static final GapPolicy DEFAULT = new GapPolicy(0.25);

    public GapPolicy {
        if (!(minObserved >= 0 && minObserved <= 1)) {
            throw new InvalidInputException("gap.minObserved: must be from 0 to 1, found " + minObserved);
        }
    }

    /// Whether a window with `observed` of `lookback` slots observed is too empty for a forecast.
    public boolean abstains(int observed, int lookback) {
        return observed < minObserved * lookback;
    }
}
