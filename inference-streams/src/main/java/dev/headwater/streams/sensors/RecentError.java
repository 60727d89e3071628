package dev.headwater.streams.sensors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.interval.Levels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a sensor was forecast of late, over all steps; each day halves the weight of what was before.
///
/// @param steps       compared with their truths, weighted
/// @param mae         mean absolute error, in the unit of the target
/// @param persistence that of persistence on the same truths
/// @param coverage    by level of the intervals
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecentError(double steps, double mae, double persistence, List<Coverage> coverage) {

    /// The share of truths that were inside the intervals of a level.
    public record Coverage(double level, double share) {}

    static @Nullable RecentError of(@Nullable SensorScores scores, Levels levels) {
        if (scores == null || Double.isNaN(scores.mae())) {
            return null;
        }
        List<Coverage> coverage = new ArrayList<>();
        for (int level = 0; level < levels.count(); level++) {
            if (!Double.isNaN(scores.coverage(level))) {
                coverage.add(new Coverage(levels.values().get(level), rounded(scores.coverage(level))));
            }
        }
        return new RecentError(
                rounded(scores.count()), rounded(scores.mae()), rounded(scores.persistenceMae()), coverage);
    }

    /// To four digits behind the point: the sums are floats.
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
