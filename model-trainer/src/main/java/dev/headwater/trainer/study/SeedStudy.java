package dev.headwater.trainer.study;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/// The same training with several seeds: the spread of its figures.
///
/// @param results one per seed, in the order of the seeds
public record SeedStudy(List<TrainingResult> results) {

    /// @param results at least one
    public SeedStudy {
        results = List.copyOf(results);
    }

    /// A lead time, or the mean over all of them, with the MAE over the runs.
    ///
    /// @param lead    `15 min`, `mean`
    /// @param minutes lead time; 0 for the mean
    /// @param mae     unit of the target
    public record Column(String lead, double minutes, Spread mae) {}

    /// Trains one model per seed. When the thread is interrupted, the study ends after the current model and
    /// keeps the models so far.
    ///
    /// @param listeners creates the listener of each seed's run
    public static SeedStudy run(
            Series series,
            TrainingSettings settings,
            List<Long> seeds,
            ProvenanceInput source,
            LongFunction<TrainingListener> listeners) {
        List<TrainingResult> results = new ArrayList<>();
        for (long seed : seeds) {
            if (!results.isEmpty() && Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                results.add(Trainer.train(series, settings.withSeed(seed), source, listeners.apply(seed)));
            } catch (InvalidInputException e) {
                if (results.isEmpty() || !Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        return new SeedStudy(results);
    }

    /// The run with the lowest mean MAE on the validation part; the test part does not count.
    public TrainingResult best() {
        return results.stream()
                .min(Comparator.comparingDouble(
                        one -> one.model().metrics().validation().mean().mae()))
                .orElseThrow();
    }

    /// Spread of the MAE on the validation part: at a quarter, half and all of the horizon, and its mean.
    public List<Column> validation() {
        return columns(one -> one.model().metrics().validation());
    }

    /// Spread of the MAE on the test part, at the same lead times.
    public List<Column> test() {
        return columns(one -> one.model().metrics().test());
    }

    private List<Column> columns(Function<TrainingResult, ErrorTable> part) {
        List<ErrorTable> tables = results.stream().map(part).toList();
        List<Column> columns = new ArrayList<>();
        List<ErrorTable.Step> steps = tables.getFirst().shown();
        List<String> leads =
                Words.times(steps.stream().mapToDouble(ErrorTable.Step::minutes).toArray());
        IntStream.range(0, steps.size())
                .mapToObj(i -> column(
                        leads.get(i),
                        steps.get(i).minutes(),
                        tables,
                        table -> table.shown().get(i).mae()))
                .forEach(columns::add);
        columns.add(column("mean", 0, tables, table -> table.mean().mae()));
        return columns;
    }

    private static Column column(
            String lead, double minutes, List<ErrorTable> tables, Function<ErrorTable, Double> figure) {
        return new Column(
                lead,
                minutes,
                Spread.of(tables.stream().mapToDouble(figure::apply).toArray()));
    }
}
