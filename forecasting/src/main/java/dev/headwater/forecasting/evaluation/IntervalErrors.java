package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.QuantileScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Scores of intervals, overall, by step and by sensor. Not thread-safe.
final class IntervalErrors {

    private final Levels levels;
    private final QuantileScores all;
    private final QuantileScores fixed;
    private final QuantileScores one; // of a single truth, added to all that count it
    private final QuantileScores[] bySteps; // [step]
    private final Map<String, QuantileScores> bySensors = new HashMap<>();
    private String last = ""; // sensor
    private QuantileScores ofLast;

    IntervalErrors(Levels levels, int horizon) {
        this.levels = levels;
        this.all = new QuantileScores(levels);
        this.one = new QuantileScores(levels);
        this.ofLast = one;
        this.fixed = new QuantileScores(levels);
        this.bySteps = IntStream.range(0, horizon)
                .mapToObj(step -> new QuantileScores(levels))
                .toArray(QuantileScores[]::new);
    }

    Levels levels() {
        return levels;
    }

    /// Counts one step; a NaN truth is not counted.
    ///
    /// @param bounds `[step][level][lower, upper]` from `offset`, NaN for none
    void add(String sensor, int step, float forecast, float truth, float[] bounds, int offset) {
        one.clear();
        one.add(forecast, truth, bounds, offset + step * levels.bounds());
        all.addAll(one);
        bySteps[step].addAll(one);
        ofSensor(sensor).addAll(one);
    }

    /// Most forecasts are of the same sensor as the one before.
    private QuantileScores ofSensor(String sensor) {
        if (!sensor.equals(last)) {
            last = sensor;
            ofLast = bySensors.computeIfAbsent(sensor, absent -> new QuantileScores(levels));
        }
        return ofLast;
    }

    /// Counts one step with fixed quantiles.
    ///
    /// @param bounds `[level][lower, upper]`, NaN for none
    void addFixed(float forecast, float truth, float[] bounds) {
        fixed.add(forecast, truth, bounds, 0);
    }

    /// Narrowest level first; levels without any bound are left out.
    List<IntervalReport> reports() {
        List<IntervalReport> reports = new ArrayList<>();
        for (IntervalScores.Row row : all.rows()) {
            DoubleSummaryStatistics sensors = bySensors.values().stream()
                    .flatMap(scores -> scores.rows().stream())
                    .filter(one -> one.level() == row.level())
                    .mapToDouble(IntervalScores.Row::coverage)
                    .summaryStatistics();
            reports.add(new IntervalReport(
                    row.level(),
                    row.coverage(),
                    row.width(),
                    row.winkler(),
                    Arrays.stream(bySteps)
                            .map(scores -> coverage(scores, row.level()))
                            .toList(),
                    new IntervalReport.Sensors(sensors.getMin(), sensors.getMax()),
                    row(fixed, row.level())));
        }
        return reports;
    }

    private static IntervalScores.@Nullable Row row(QuantileScores scores, double level) {
        return scores.rows().stream()
                .filter(row -> row.level() == level)
                .findFirst()
                .orElse(null);
    }

    private static double coverage(QuantileScores scores, double level) {
        IntervalScores.Row row = row(scores, level);
        return row == null ? Double.NaN : row.coverage();
    }

    /// Mean continuous ranked probability score; null when no interval was counted.
    @Nullable
    Double crps() {
        return all.counted() == 0 ? null : all.crps();
    }
}
