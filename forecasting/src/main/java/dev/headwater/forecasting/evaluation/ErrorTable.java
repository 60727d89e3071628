package dev.headwater.forecasting.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/// Errors of one forecaster, ready to be printed.
///
/// @param horizons one row per step
/// @param mean     the mean over the steps
public record ErrorTable(List<Step> horizons, Mean mean) {

    /// The steps that the literature reports: a quarter, half and all of the horizon, such as 15, 30 and 60
    /// minutes of an hour.
    public List<Step> shown() {
        return IntStream.of(shownSteps(horizons.size()))
                .mapToObj(step -> horizons.get(step - 1))
                .toList();
    }

    /// The numbers of the steps shown, from 1.
    public static int[] shownSteps(int horizon) {
        return new int[] {Math.max(1, horizon / 4), Math.max(1, horizon / 2), horizon};
    }

    /// Errors at one step.
    ///
    /// @param step    1 = the next slot
    /// @param minutes lead time
    /// @param mae     mean absolute error, unit of the target
    /// @param rmse    root mean squared error, unit of the target
    /// @param mape    mean absolute percentage error, per cent
    /// @param n       number of truths
    public record Step(int step, double minutes, double mae, double rmse, double mape, long n) {}

    /// Errors over all steps, each step with equal weight.
    ///
    /// @param mae  in the unit of the target
    /// @param rmse in the unit of the target
    /// @param mape per cent
    public record Mean(double mae, double rmse, double mape) {}
}
