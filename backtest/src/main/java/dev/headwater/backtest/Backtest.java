package dev.headwater.backtest;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.baseline.Baselines;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Congestion;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A history, split chronologically, with its baselines: the data that models are evaluated on.
public final class Backtest {

    private final Series series;
    private final ChronologicalSplit split;
    private final ChronologicalSplit.Part part;
    private final List<Forecaster> baselines;
    private final boolean detailed;
    private final @Nullable Congestion congestion; // null where it is not defined
    private final Map<String, Breakdown.Table> baselineBreakdowns = new LinkedHashMap<>();

    public Backtest(Series series, ChronologicalSplit.Part part) {
        this(series, part, false);
    }

    /// @param detailed whether the errors of the baselines are broken down too
    public Backtest(Series series, ChronologicalSplit.Part part, boolean detailed) {
        this.detailed = detailed;
        this.series = series;
        this.part = part;
        this.split = ChronologicalSplit.of(series);
        this.congestion = Congestion.of(series, split.trainRows()).orElse(null);
        Climatology climatology = Climatology.fit(series, split.trainRows());
        Scaler scaler = Scaler.fit(series, split.trainRows());
        SensorNetwork network = series.network();
        float mean = scaler.mean()[network.targetIndex()];
        this.baselines = Baselines.within(series.slots(), network, climatology, mean);
    }

    public ChronologicalSplit.Range range() {
        return split.range(part);
    }

    /// Number of windows of all sensors.
    public long windows() {
        return (long) range().count() * series.sensors().size();
    }

    /// The baseline of that name, or the model at that path.
    ///
    /// @throws InvalidInputException when there is neither, or the model does not fit the network
    public ServedModel resolve(String nameOrPath) {
        for (Forecaster baseline : baselines) {
            if (baseline.name().equals(nameOrPath)) {
                return new ServedModel(baseline, null, SeasonalStates.of(series.network()));
            }
        }
        Path path = Path.of(nameOrPath);
        if (!Files.exists(path) && !nameOrPath.contains("/")) {
            throw new InvalidInputException("model " + nameOrPath + ": neither a file nor a baseline"
                    + Suggestion.of(nameOrPath, Baselines.NAMES));
        }
        return ServedModel.of(ModelRegistry.artefact(path), series.network());
    }

    /// Evaluates a model offline.
    ///
    /// @param sink     receives all forecasts as well
    /// @param progress receives the number of windows done so far
    public EvaluationReport evaluate(ServedModel served, Scorer.Sink sink, LongConsumer progress) {
        long started = System.nanoTime();
        Breakdown breakdown = breakdown();
        Evaluation.Result result = new Evaluation(series, new SeriesHistory(series, served.seasonalStates()), range())
                .errors(served.forecaster(), served.table(), breakdown.and(sink), progress);
        return report(served, result, (System.nanoTime() - started) / 1e9, breakdown.table());
    }

    /// Number of forecasts that the stream must issue when the history flows through it.
    public long expectedForecasts() {
        return new ForecastLedger(series, range()).expected();
    }

    /// Evaluates a model on the forecasts that the stream issues.
    ///
    /// @param restart  whether the stream is stopped in the middle and started again
    /// @param folder   for the files of broker and stream
    /// @param progress receives the number of forecasts so far
    public StreamReport replay(
            ServedModel served, Guarantee guarantee, boolean restart, Path folder, LongConsumer progress)
            throws InterruptedException {
        ForecastLedger ledger = new ForecastLedger(series, range());
        AccuracyLedger live = new AccuracyLedger(series.network(), ledger.lastIssued());
        double seconds = new StreamReplay(series, served, guarantee, ledger, live).run(restart, folder, progress);
        long readings = (long) series.sensors().size() * (ledger.endRow() - ledger.firstRow());
        return new StreamReport(
                report(served, ledger.result(), seconds, null),
                live.figures(),
                new StreamReport.Passage(
                        readings,
                        ledger.expected(),
                        ledger.expected() - ledger.distinct(),
                        ledger.doubled(),
                        guarantee.word(),
                        readings / seconds));
    }

    private EvaluationReport report(
            ServedModel served, Evaluation.Result result, double seconds, Breakdown.@Nullable Table breakdown) {
        ErrorTable table = result.errors().table(series.network());
        return new EvaluationReport(
                series.network().name(),
                served.forecaster().name(),
                part.label(),
                series.sensors().size(),
                range().count(),
                result.forecasts(),
                result.abstained(),
                table.horizons(),
                table.mean(),
                baselineErrors(),
                result.intervals(),
                result.crps(),
                seconds,
                breakdown);
    }

    /// Errors of every baseline on the windows. Also breaks them down, if asked for.
    private Map<String, ErrorTable> baselineErrors() {
        Map<String, ErrorTable> tables = new LinkedHashMap<>();
        for (Forecaster baseline : baselines) {
            Breakdown breakdown = breakdown();
            Scorer.Sink sink = detailed ? breakdown : Scorer.Sink.NONE;
            Evaluation.Result result = new Evaluation(series, range()).errors(baseline, null, sink, done -> {});
            tables.put(baseline.name(), result.errors().table(series.network()));
            if (detailed) {
                baselineBreakdowns.put(baseline.name(), breakdown.table());
            }
        }
        return tables;
    }

    /// The errors of every baseline, broken down; empty before a model was evaluated, or when not asked for.
    public Map<String, Breakdown.Table> baselineBreakdowns() {
        return baselineBreakdowns;
    }

    private Breakdown breakdown() {
        return new Breakdown(series, congestion);
    }
}
