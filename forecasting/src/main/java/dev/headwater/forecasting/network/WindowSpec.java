package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// How much a forecast sees and how far it reaches, both in slots.
///
/// @param lookback slots in the window, the newest one included
/// @param horizon  slots forecast
public record WindowSpec(int lookback, int horizon) {

    private static final int MOST = 10_000;

    public WindowSpec {
        check("window.lookback", lookback);
        check("window.horizon", horizon);
    }

    private static void check(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new InvalidInputException(key + ": must be from 1 to " + MOST + " slots, found " + value);
        }
    }

    /// Slots from the first of the window to the last of the horizon.
    public int span() {
        return lookback + horizon;
    }
}
