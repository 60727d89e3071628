package dev.headwater.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Errors of new sensors by their day of life.
///
/// @param network name of the network
/// @param model   `name@version`; it was not trained on the sensors
/// @param beside  the model that it is compared with, which knows the sensors' history; null for none
/// @param sensors number of new sensors
/// @param starts  times at which they begin
/// @param ages    spans of their lives, in order
/// @param seconds time taken
public record AgeReport(
        String network,
        String model,
        @Nullable String beside,
        int sensors,
        int starts,
        List<Age> ages,
        double seconds) {

    /// Masked MAE over a span of life, mean over the steps, in the unit of the target.
    ///
    /// @param from        first day of life, from 1
    /// @param to          last day of life
    /// @param mae         of the model
    /// @param persistence of persistence on the same windows
    /// @param beside      of the other model on the same windows; null for none
    /// @param windows     forecasts of the model
    public record Age(
            int from,
            int to,
            double mae,
            double persistence,
            @Nullable Double beside,
            long windows) {}
}
