package dev.headwater.forecasting.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headwater.forecasting.interval.IntervalScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good the intervals of one level were.
///
/// @param level    nominal coverage
/// @param coverage share of truths inside
/// @param width    mean width, unit of the target
/// @param winkler  mean Winkler score, unit of the target
/// @param byLead   coverage of each step
/// @param sensors  coverage of the sensors with the least and the most of it
/// @param fixed    the same truths with the quantiles of the residuals alone, which neither know what a
///                 window shows nor learn; null where there are none
public record IntervalReport(
        double level,
        double coverage,
        double width,
        double winkler,
        List<Double> byLead,
        Sensors sensors,

        @JsonProperty("static") @JsonInclude(JsonInclude.Include.NON_NULL)
        IntervalScores.@Nullable Row fixed) {

    /// The range of the sensors' coverage.
    public record Sensors(double min, double max) {}
}
