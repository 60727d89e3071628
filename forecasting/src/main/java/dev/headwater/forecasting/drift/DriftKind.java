package dev.headwater.forecasting.drift;

import java.util.Locale;

/// In what a change shows.
public enum DriftKind {
    /// The readings differ from what is usual.
    READINGS,
    /// The forecasts have become worse, compared with persistence.
    ERROR;

    /// The name on the bus and in metrics.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
