package dev.headwater.trainer.service;

import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;

/// Where the history of each training comes from.
@FunctionalInterface
public interface HistorySource {

    /// For [#read]: all that there is.
    long NEWEST = Long.MAX_VALUE;

    /// Reads the history as it is now.
    ///
    /// @param through last slot to read, so that an interrupted training gets its history again; [#NEWEST] for
    ///                all
    /// @throws dev.headwater.forecasting.InvalidInputException when it cannot be read or has no readings
    History read(long through);

    /// A history and its origin.
    record History(Series series, ProvenanceInput source) {

        long lastSlot() {
            return series.firstSlot() + series.slots() - 1;
        }
    }
}
