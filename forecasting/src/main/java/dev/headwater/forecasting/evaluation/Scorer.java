package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares forecasts with the truth, step by step: from history, from a topic, or live. Not thread-safe.
public final class Scorer {

    private final WindowSpec window;
    private final History truth;
    private final Sink sink;
    private final HorizonErrors errors;
    private @Nullable IntervalScores intervals;
    private long forecasts;

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
    /// @param issuedAt slot
    /// @param values   `[horizon]` from `offset`
    /// @param intervals the prediction intervals; only the narrowest is scored
    public void add(String sensor, long issuedAt, float[] values, int offset, List<Forecast.Interval> intervals) {
        Forecast.Interval interval = intervals.isEmpty() ? null : intervals.getFirst();
        forecasts++;
        for (int step = 0; step < window.horizon(); step++) {
            long slot = issuedAt + window.lead(step + 1);
            float observed = truth.target(sensor, slot);
            addStep(sensor, slot, step, values[offset + step], observed);
            if (interval != null) {
                intervals(interval.level()).add(interval.lower()[step], interval.upper()[step], observed);
            }
        }
    }

    /// Scores a batch.
    ///
    /// @param values `[window][horizon]`
    /// @param band   the intervals; null for none
    public void add(WindowBatch batch, float[] values, @Nullable ResidualBand band) {
        int horizon = window.horizon();
        for (int w = 0; w < batch.count(); w++) {
            int at = w * horizon;
            List<Forecast.Interval> intervals =
                    band == null ? List.of() : List.of(band.around(Arrays.copyOfRange(values, at, at + horizon)));
            add(batch.sensor(w), batch.issuedAt(w), values, at, intervals);
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

    private IntervalScores intervals(double level) {
        IntervalScores scores = intervals;
        if (scores == null) {
            scores = new IntervalScores(level);
            intervals = scores;
        }
        return scores;
    }

    public HorizonErrors errors() {
        return errors;
    }

    /// Scores of the intervals; empty when there were none.
    public List<IntervalScores.Row> intervals() {
        return intervals == null ? List.of() : List.of(intervals.row());
    }

    /// Number of complete forecasts scored.
    public long forecasts() {
        return forecasts;
    }
}
