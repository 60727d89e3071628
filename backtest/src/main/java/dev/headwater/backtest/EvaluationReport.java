package dev.headwater.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.IntervalReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Result of an evaluation, offline or through the stream.
///
/// @param network   name of the network
/// @param model     `name@version`, or a baseline
/// @param split     part of the chronological split
/// @param sensors   number of sensors evaluated
/// @param windows   windows of each sensor
/// @param forecasts number of forecasts evaluated
/// @param abstained windows with too few observations for a forecast
/// @param horizons  errors per step
/// @param mean      errors over all steps
/// @param baselines errors of the baselines on the same windows
/// @param intervals scores of the prediction intervals, narrowest first; empty when the model has none
/// @param crps      mean continuous ranked probability score, from the intervals; null when there are none
/// @param seconds   time taken
/// @param breakdown errors by sensor, hour and congestion, and the bias; null when forecasts came through the
///                  stream
public record EvaluationReport(
        String network,
        String model,
        String split,
        int sensors,
        int windows,
        long forecasts,
        long abstained,
        List<ErrorTable.Step> horizons,
        ErrorTable.Mean mean,
        Map<String, ErrorTable> baselines,
        List<IntervalReport> intervals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double crps,
        double seconds,
        @JsonUnwrapped Breakdown.@Nullable Table breakdown) {

    public ErrorTable errors() {
        return new ErrorTable(horizons, mean);
    }
}
