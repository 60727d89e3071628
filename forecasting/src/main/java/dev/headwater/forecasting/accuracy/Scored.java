package dev.headwater.forecasting.accuracy;

import java.util.Locale;

/// Whose errors are counted, on the very same truths.
public enum Scored {
    /// The model that made the forecasts.
    MODEL,
    /// The last value observed before each forecast.
    PERSISTENCE,
    /// The value at the same time of day before, from the seasonal state; where that is missing, persistence.
    YESTERDAY;

    /// The word in records and labels.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
