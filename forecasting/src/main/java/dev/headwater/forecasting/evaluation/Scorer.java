package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares forecasts with the truth, step by step: from history, from a topic, or live. Not thread-safe.
public final class Scorer {

    private final WindowSpec window;
    private final History truth;
    private final Sink sink;
    private final HorizonErrors errors;
    private @Nullable IntervalErrors intervals;
    private long forecasts;
    private String sensor = ""; // of the last forecast
    private History.Targets targets = slot -> Float.NaN; // of that sensor

    /// Receives every step that is scored.
    @FunctionalInterface
    public interface Sink {

        /// Ignores everything.
        Sink NONE = (sensor, slot, step, forecast, truth) -> {};

        /// Receives one step of a forecast. The steps of a forecast come in order, starting with the first.
        ///
        /// @param slot  the forecast slot
        /// @param step  0 = the first
        /// @param truth in the unit of the target; NaN when nothing was observed
        void add(String sensor, long slot, int step, float forecast, float truth);

        /// A sink that passes every step to both.
        default Sink and(Sink other) {
            return (sensor, slot, step, forecast, truth) -> {
                add(sensor, slot, step, forecast, truth);
                other.add(sensor, slot, step, forecast, truth);
            };
        }
    }

    /// @param truth source of the observed targets
    public Scorer(WindowSpec window, History truth, Sink sink) {
        this.window = window;
        this.truth = truth;
        this.sink = sink;
        this.errors = new HorizonErrors(window.horizon());
    }

    /// Scores one forecast; not for a forecast that abstained.
    ///
    /// @param issuedAt  slot
    /// @param values    `[horizon]` from `offset`
    /// @param intervals the prediction intervals, narrowest first; those of levels that the first forecast
    ///                  lacks are left out
    public void add(String sensor, long issuedAt, float[] values, int offset, List<Forecast.Interval> intervals) {
        if (intervals.isEmpty()) {
            add(sensor, issuedAt, values, offset, null, null, 0);
            return;
        }
        Levels levels =
                new Levels(intervals.stream().map(Forecast.Interval::level).toList());
        add(sensor, issuedAt, values, offset, levels, bounds(intervals), 0);
    }

    /// `[step][level][lower, upper]`
    private float[] bounds(List<Forecast.Interval> intervals) {
        float[] bounds = new float[window.horizon() * 2 * intervals.size()];
        for (int level = 0; level < intervals.size(); level++) {
            for (int step = 0; step < window.horizon(); step++) {
                int at = 2 * (step * intervals.size() + level);
                bounds[at] = intervals.get(level).lower()[step];
                bounds[at + 1] = intervals.get(level).upper()[step];
            }
        }
        return bounds;
    }

    /// Scores one forecast; not for a forecast that abstained.
    ///
    /// @param issuedAt slot
    /// @param values   `[horizon]` from `offset`
    /// @param levels   of the bounds; null for none
    /// @param bounds   `[step][level][lower, upper]` from `boundsAt`, NaN for no bound; null for none
    public void add(
            String sensor,
            long issuedAt,
            float[] values,
            int offset,
            @Nullable Levels levels,
            float @Nullable [] bounds,
            int boundsAt) {
        forecasts++;
        History.Targets known = targets(sensor);
        for (int step = 0; step < window.horizon(); step++) {
            long slot = issuedAt + window.lead(step + 1);
            float observed = known.at(slot);
            addStep(sensor, slot, step, values[offset + step], observed);
            if (levels != null && bounds != null) {
                intervals(levels).add(sensor, step, values[offset + step], observed, bounds, boundsAt);
            }
        }
    }

    /// Scores what the intervals of one forecast are compared with: the fixed quantiles of a table.
    public void addFixed(String sensor, long issuedAt, float[] values, int offset, IntervalTable table) {
        float[] bounds = new float[table.levels().bounds()];
        History.Targets known = targets(sensor);
        for (int step = 0; step < window.horizon(); step++) {
            float value = values[offset + step];
            for (int bound = 0; bound < bounds.length; bound++) {
                bounds[bound] = value + table.fixed()[step * bounds.length + bound];
            }
            float observed = known.at(issuedAt + window.lead(step + 1));
            intervals(table.levels()).addFixed(value, observed, bounds);
        }
    }

    /// Scores one step, for callers that receive the truths one by one.
    ///
    /// @param slot the forecast slot
    /// @param step 0 = the first
    public void addStep(String sensor, long slot, int step, float forecast, float observed) {
        errors.add(step, forecast, observed);
        sink.add(sensor, slot, step, forecast, observed);
    }

    /// Most forecasts are of the same sensor as the one before.
    private History.Targets targets(String of) {
        if (!of.equals(sensor)) {
            sensor = of;
            targets = truth.targets(of);
        }
        return targets;
    }

    private IntervalErrors intervals(Levels levels) {
        IntervalErrors scores = intervals;
        if (scores == null) {
            scores = new IntervalErrors(levels, window.horizon());
            intervals = scores;
        }
        return scores;
    }

    public HorizonErrors errors() {
        return errors;
    }

    /// Scores of the intervals, narrowest first; empty when there were none.
    public List<IntervalReport> intervals() {
        return intervals == null ? List.of() : intervals.reports();
    }

    /// Mean continuous ranked probability score, see [dev.headwater.forecasting.interval.QuantileScores];
    /// null when there were no intervals.
    public @Nullable Double crps() {
        return intervals == null ? null : intervals.crps();
    }

    /// Number of complete forecasts scored.
    public long forecasts() {
        return forecasts;
    }
}
