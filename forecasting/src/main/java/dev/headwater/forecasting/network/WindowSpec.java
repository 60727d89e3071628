package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.headwater.forecasting.InvalidInputException;

/// The size of the window and the horizon. The window has `lookback` samples, `stride` slots apart, the last of
/// them at the newest slot; the forecast has `horizon` steps, `horizonStride` slots apart, counted from the
/// newest slot. With the defaults, samples and steps are slots.
///
/// @param lookback      samples in the window, the newest slot included
/// @param horizon       steps forecast
/// @param stride        slots from one sample to the next; 1 by default (also accepted as `every`)
/// @param horizonStride slots from one step to the next; 1 by default (also accepted as `horizonEvery`)
public record WindowSpec(
        int lookback,
        int horizon,
        @JsonAlias("every") Integer stride,
        @JsonAlias("horizonEvery") Integer horizonStride) {

    private static final int MAX = 10_000;
    private static final int LONGEST = 100_000;

    public WindowSpec {
        stride = stride == null ? 1 : stride;
        horizonStride = horizonStride == null ? 1 : horizonStride;
        check("window.lookback", lookback);
        check("window.horizon", horizon);
        check("window.stride", stride);
        check("window.horizonStride", horizonStride);
        long slots = (long) lookback * stride + (long) horizon * horizonStride;
        if (slots > LONGEST) {
            throw new InvalidInputException("window: lookback x stride + horizon x horizonStride must be at most "
                    + LONGEST + " slots, found " + slots);
        }
    }

    /// A window in which every sample and every step is one slot.
    public WindowSpec(int lookback, int horizon) {
        this(lookback, horizon, 1, 1);
    }

    private static void check(String key, int value) {
        if (value < 1 || value > MAX) {
            throw new InvalidInputException(key + ": must be from 1 to " + MAX + " slots, found " + value);
        }
    }

    /// Slots from the oldest sample to the newest one, both included.
    public int span() {
        return (lookback - 1) * stride + 1;
    }

    /// Slots from the window's newest slot to a step.
    ///
    /// @param step from 1
    public int lead(int step) {
        return step * horizonStride;
    }

    /// Slots from the first slot of the window to the last of the horizon, both included.
    public int spanWithHorizon() {
        return span() + lead(horizon);
    }
}
