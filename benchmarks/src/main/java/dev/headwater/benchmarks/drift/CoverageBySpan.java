package dev.headwater.benchmarks.drift;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.reading.Series;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;

/// Coverage and error of forecasts over spans of six hours before and after a change, by the time at which they were
/// issued.
final class CoverageBySpan {

    private static final Duration SPAN = Duration.ofHours(6);
    private static final int MOST_LEVELS = 2;

    private final Series series;
    private final int changedRow;
    private final TreeMap<Integer, Sums> spans = new TreeMap<>(); // by spans after the change

    CoverageBySpan(Series series, int changedRow) {
        this.series = series;
        this.changedRow = changedRow;
    }

    private static final class Sums {
        private final long[] inside = new long[MOST_LEVELS]; // [level]
        private final long[] bounded = new long[MOST_LEVELS]; // [level]
        private double error;
        private long steps;
    }

    void add(Forecast forecast) {
        int sensor = series.sensors().indexOf(forecast.sensor());
        long slot = series.network().clock().slotOf(forecast.issuedAt());
        int row = Math.toIntExact(slot - series.firstSlot());
        long slots = SPAN.dividedBy(series.network().interval());
        Sums sums = spans.computeIfAbsent((int) Math.floorDiv(row - changedRow, slots), span -> new Sums());
        for (int step = 0; step < forecast.values().length; step++) {
            int target = row + series.network().window().lead(step + 1);
            float truth = target < series.slots() ? series.target(sensor, target) : Float.NaN;
            if (!Float.isNaN(truth)) {
                add(sums, forecast, step, truth);
            }
        }
    }

    private static void add(Sums sums, Forecast forecast, int step, float truth) {
        sums.steps++;
        sums.error += Math.abs(forecast.values()[step] - truth);
        for (int level = 0; level < Math.min(MOST_LEVELS, forecast.intervals().size()); level++) {
            Forecast.Interval interval = forecast.intervals().get(level);
            sums.bounded[level]++;
            sums.inside[level] += interval.lower()[step] <= truth && truth <= interval.upper()[step] ? 1 : 0;
        }
    }

    /// Prints the spans around the change as a table in Markdown.
    ///
    /// @param before spans before it
    /// @param after  spans after it
    void print(PrintStream out, int before, int after) {
        out.println("| hours after the change | MAE | inside the narrow interval, % | inside the wide one, % |");
        out.println("|---|---|---|---|");
        spans.subMap(-before, true, after, false)
                .forEach((span, sums) -> out.printf(
                        Locale.ROOT,
                        "| %d to %d | %.3f | %.1f | %.1f |%n",
                        span * SPAN.toHours(),
                        (span + 1) * SPAN.toHours(),
                        sums.error / sums.steps,
                        share(sums, 0),
                        share(sums, 1)));
    }

    private static double share(Sums sums, int level) {
        return 100.0 * sums.inside[level] / sums.bounded[level];
    }
}
