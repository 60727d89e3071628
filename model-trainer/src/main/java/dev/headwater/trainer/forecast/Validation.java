package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import java.util.List;
import java.util.stream.IntStream;

/// Validation after each epoch. A large part is sampled by blocks of windows that are spread evenly over it, so
/// that all hours and weekdays are represented.
///
/// @param series  the whole history
/// @param history the same, for features of the past
/// @param blocks  windows to validate on
record Validation(Series series, SeriesHistory history, List<Range> blocks) {

    private static final int BLOCKS = 24;

    /// @param maxWindows over all sensors; 0 = all
    static Validation of(Series series, SeriesHistory history, Range part, int maxWindows) {
        int perSensor = maxWindows / series.sensors().size();
        int block = Math.max(1, perSensor / BLOCKS);
        if (maxWindows == 0 || perSensor >= part.count() || block * BLOCKS >= part.count()) {
            return new Validation(series, history, List.of(part));
        }
        List<Range> spread = IntStream.range(0, BLOCKS)
                .mapToObj(i -> part.first() + (int) ((long) i * (part.count() - block) / (BLOCKS - 1)))
                .map(first -> new Range(first, block))
                .toList();
        return new Validation(series, history, spread);
    }

    /// Masked MAE, mean over the steps, in the unit of the target; NaN when no truth was observed.
    double meanMae(Forecaster forecaster) {
        HorizonErrors errors = new HorizonErrors(forecaster.horizon());
        for (Range block : blocks) {
            errors.addAll(
                    new Evaluation(series, history, block).errors(forecaster).errors());
        }
        return errors.meanMae();
    }
}
