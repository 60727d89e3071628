package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.interval.IntervalScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the stream itself said of its forecasts' accuracy.
///
/// @param horizons  errors per step
/// @param mean      errors over all steps
/// @param intervals scores of the intervals, over all steps
/// @param crps      mean continuous ranked probability score; null when some forecasts had no intervals
public record LiveFigures(
        List<ErrorTable.Step> horizons,
        ErrorTable.Mean mean,
        List<IntervalScores.Row> intervals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double crps) {

    /// The largest difference of any error to those of the same steps elsewhere.
    public double largestDifference(List<ErrorTable.Step> others) {
        double largest = 0;
        for (int step = 0; step < horizons.size(); step++) {
            ErrorTable.Step live = horizons.get(step);
            ErrorTable.Step other = others.get(step);
            largest = Math.max(largest, Math.abs(live.mae() - other.mae()));
            largest = Math.max(largest, Math.abs(live.rmse() - other.rmse()));
            largest = Math.max(largest, Math.abs(live.mape() - other.mape()));
        }
        return largest;
    }
}
