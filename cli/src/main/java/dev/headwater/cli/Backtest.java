package dev.headwater.cli;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.artefact.ResidualBand;
import dev.headwater.forecasting.baseline.Baselines;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Congestion;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.IntervalScores;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.ServedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// A history, cut as the protocol says, with its baselines: what models are judged on.
final class Backtest {

    private final Series series;
    private final ChronologicalSplit split;
    private final ChronologicalSplit.Part part;
    private final List<Forecaster> baselines;
    private final boolean detailed;
    private final Map<String, Breakdown.Table> baselineBreakdowns = new LinkedHashMap<>();

    Backtest(Series series, ChronologicalSplit.Part part) {
        this(series, part, false);
    }

    /// @param detailed whether the baselines are broken down too
    Backtest(Series series, ChronologicalSplit.Part part, boolean detailed) {
        this.detailed = detailed;
        this.series = series;
        this.part = part;
        this.split = ChronologicalSplit.of(series);
        Climatology climatology = Climatology.fit(series, split.trainRows());
        Scaler scaler = Scaler.fit(series, split.trainRows());
        SensorNetwork network = series.network();
        float mean = scaler.mean()[network.targetIndex()];
        this.baselines = Baselines.within(series.slots(), network, climatology, mean);
    }

    ChronologicalSplit.Range range() {
        return split.range(part);
    }

    /// The baseline of that name, or the model at that path.
    ServedModel resolve(String nameOrPath) {
        for (Forecaster baseline : baselines) {
            if (baseline.name().equals(nameOrPath)) {
                return new ServedModel(baseline, null, SeasonalStates.of(series.network()));
            }
        }
        Path path = Path.of(nameOrPath);
        if (!Files.exists(path) && !nameOrPath.contains("/")) {
            throw new InvalidInputException("--model " + nameOrPath + ": neither a file nor a baseline"
                    + Suggestion.of(nameOrPath, Baselines.NAMES));
        }
        return ServedModel.of(ModelRegistry.load(path), series.network());
    }

    /// Errors of every baseline on the windows; breaks them down on the way where that is wanted.
    private Map<String, ErrorTable> baselineErrors() {
        Map<String, ErrorTable> tables = new LinkedHashMap<>();
        for (Forecaster baseline : baselines) {
            Breakdown breakdown = breakdown();
            Evaluation.Sink sink = detailed ? breakdown : (batch, out) -> {};
            Evaluation.Result result = new Evaluation(series, range()).errors(baseline, sink, done -> {});
            tables.put(baseline.name(), result.errors().table(series.network()));
            if (detailed) {
                baselineBreakdowns.put(baseline.name(), breakdown.table());
            }
        }
        return tables;
    }

    /// Where the errors of every baseline are; empty before a model was judged, or unless asked for.
    Map<String, Breakdown.Table> baselineBreakdowns() {
        return baselineBreakdowns;
    }

    private Breakdown breakdown() {
        return new Breakdown(series, Congestion.of(series, split.trainRows()).orElse(null));
    }

    /// Judges a model offline.
    EvaluationReport judge(ServedModel served) {
        return judge(served, (batch, out) -> {});
    }

    /// Judges a model offline.
    ///
    /// @param sink sees all forecasts besides
    EvaluationReport judge(ServedModel served, Evaluation.Sink sink) {
        long started = System.nanoTime();
        List<IntervalScores> intervals = new ArrayList<>();
        if (served.band() != null) {
            intervals.add(new IntervalScores(served.band().level()));
        }
        SeriesHistory history = new SeriesHistory(series, served.seasonalStates());
        Breakdown breakdown = breakdown();
        Evaluation.Result result;
        long windows = (long) range().count() * series.sensors().size();
        try (ProgressBar bar = Output.bar("evaluate", windows, "windows")) {
            result = new Evaluation(series, history, range())
                    .errors(
                            served.forecaster(),
                            (batch, out) -> {
                                count(batch, out, served.band(), intervals, history);
                                breakdown.accept(batch, out);
                                sink.accept(batch, out);
                            },
                            bar::stepTo);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        ErrorTable table = result.errors().table(series.network());
        return report(served, table, result.forecasts(), result.abstained(), intervals, seconds, breakdown.table());
    }

    EvaluationReport report(
            ServedModel served,
            ErrorTable table,
            long forecasts,
            long abstained,
            List<IntervalScores> intervals,
            double seconds,
            Breakdown.@Nullable Table breakdown) {
        return new EvaluationReport(
                series.network().name(),
                served.forecaster().name(),
                part.label(),
                series.sensors().size(),
                range().count(),
                forecasts,
                abstained,
                table.horizons(),
                table.mean(),
                baselineErrors(),
                intervals.stream().map(IntervalScores::row).toList(),
                seconds,
                breakdown);
    }

    private void count(
            WindowBatch batch,
            float[] out,
            @Nullable ResidualBand band,
            List<IntervalScores> intervals,
            SeriesHistory truth) {
        if (band == null) {
            return;
        }
        WindowSpec window = series.network().window();
        int horizon = band.lower().length;
        for (int w = 0; w < batch.count(); w++) {
            Forecast.Interval interval = band.around(Arrays.copyOfRange(out, w * horizon, (w + 1) * horizon));
            for (int step = 0; step < horizon; step++) {
                float actual = truth.target(batch.sensor(w), batch.issuedAt(w) + window.lead(step + 1));
                intervals.getFirst().add(interval.lower()[step], interval.upper()[step], actual);
            }
        }
    }
}
