package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// What happens when slots of a window are empty: they are imputed by the last observation carried forward and the
/// forecast says how many were observed; below `minObserved` the stream abstains.
///
/// @param minObserved least share of observed slots of the target, 0 to 1, for which a forecast is made
public record GapPolicy(double minObserved) {

    public static final GapPolicy DEFAULT = new GapPolicy(0.25);

    public GapPolicy {
        if (!(minObserved >= 0 && minObserved <= 1)) {
            throw new InvalidInputException("gap.minObserved: must be from 0 to 1, found " + minObserved);
        }
    }

    /// True when a window with that many observed slots of `lookback` is too empty to forecast from.
    public boolean abstains(int observed, int lookback) {
        return observed < minObserved * lookback;
    }
}
