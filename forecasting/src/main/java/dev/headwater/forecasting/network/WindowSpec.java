package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// How much a forecast sees and how far it reaches. The window has `lookback` samples, `every` slots apart, the last of
/// them at the newest slot; the forecast has `horizon` steps, `horizonEvery` slots apart, counted from the newest slot.
/// With the defaults, samples and steps are slots.
///
/// @param lookback     samples in the window, the newest slot included
/// @param horizon      steps forecast
/// @param every        slots from one sample to the next; 1 by default
/// @param horizonEvery slots from one step to the next; 1 by default
public record WindowSpec(int lookback, int horizon, Integer every, Integer horizonEvery) {

    private static final int MOST = 10_000;
    private static final int LONGEST = 100_000;

    public WindowSpec {
        every = every == null ? 1 : every;
        horizonEvery = horizonEvery == null ? 1 : horizonEvery;
        check("window.lookback", lookback);
        check("window.horizon", horizon);
        check("window.every", every);
        check("window.horizonEvery", horizonEvery);
        long slots = (long) lookback * every + (long) horizon * horizonEvery;
        if (slots > LONGEST) {
            throw new InvalidInputException("window: lookback x every + horizon x horizonEvery must be at most "
                    + LONGEST + " slots, found " + slots);
        }
    }

    /// Samples and steps that are slots.
    public WindowSpec(int lookback, int horizon) {
        this(lookback, horizon, 1, 1);
    }

    private static void check(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new InvalidInputException(key + ": must be from 1 to " + MOST + " slots, found " + value);
        }
    }

    /// Slots from the oldest sample to the newest one, both included.
    public int reach() {
        return (lookback - 1) * every + 1;
    }

    /// Slots from the newest one of the window to a step.
    ///
    /// @param step from 1
    public int lead(int step) {
        return step * horizonEvery;
    }

    /// Slots from the first of the window to the last of the horizon.
    public int span() {
        return reach() + lead(horizon);
    }
}
