package dev.headwater.cli;

import dev.headwater.backtest.EvaluationReport;
import dev.headwater.backtest.LiveFigures;
import dev.headwater.backtest.StreamReport;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.IntervalReport;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.forecast.LearningRateRange;
import dev.headwater.trainer.study.SeedReport;
import dev.headwater.trainer.study.SeedStudy;
import dev.headwater.trainer.study.Spread;
import dev.headwater.trainer.study.TrainingReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints the figures of networks of readings as text.
public final class ReadingsTables {

    private static final int EVERY = 10;

    private ReadingsTables() {}

    /// What `evaluate` prints.
    static void print(PrintWriter out, SensorNetwork network, EvaluationReport report) {
        out.printf(
                Locale.ROOT,
                "%s, %s split: %s, %s each, %s, %d abstained, %.1f s%n",
                report.network(),
                report.split(),
                Words.count(report.sensors(), "sensor"),
                Words.count(report.windows(), "window"),
                Words.count(report.forecasts(), "forecast"),
                report.abstained(),
                report.seconds());
        errors(out, network, report.model(), report.errors(), report.baselines());
        intervals(out, network, report);
    }

    /// Scores of the intervals, beside those of the quantiles of the residuals alone.
    private static void intervals(PrintWriter out, SensorNetwork network, EvaluationReport report) {
        if (report.intervals().isEmpty()) {
            return;
        }
        out.printf(
                "%-24s %9s %15s %15s %8s %8s%n", "intervals", "coverage", "by step", "by sensor", "width", "Winkler");
        for (IntervalReport interval : report.intervals()) {
            DoubleSummaryStatistics steps =
                    interval.byLead().stream().mapToDouble(Double::doubleValue).summaryStatistics();
            out.printf(
                    Locale.ROOT,
                    "%-24s %7.2f %% %15s %15s %8.2f %8.2f%n",
                    String.format(Locale.ROOT, "%.0f %%", 100 * interval.level()),
                    100 * interval.coverage(),
                    range(steps.getMin(), steps.getMax()),
                    range(interval.sensors().min(), interval.sensors().max()),
                    interval.width(),
                    interval.winkler());
            if (interval.fixed() != null) {
                out.printf(
                        Locale.ROOT,
                        "%-24s %7.2f %% %15s %15s %8.2f %8.2f%n",
                        "  static quantiles",
                        100 * interval.fixed().coverage(),
                        "",
                        "",
                        interval.fixed().width(),
                        interval.fixed().winkler());
            }
        }
        out.printf(
                Locale.ROOT,
                "CRPS of the intervals: %.3f %s%n",
                report.crps(),
                network.targetMeasure().unit());
    }

    private static String range(double least, double most) {
        return String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * least, 100 * most);
    }

    /// What `replay` prints.
    static void print(PrintWriter out, SensorNetwork network, StreamReport report) {
        print(out, network, report.figures());
        LiveFigures live = report.live();
        if (live != null) {
            out.printf(
                    Locale.ROOT,
                    "the stream's own figures: mean MAE %.3f, RMSE %.3f; largest difference to the above %.1e%n",
                    live.mean().mae(),
                    live.mean().rmse(),
                    live.largestDifference(report.figures().horizons()));
        }
        StreamReport.Passage stream = report.stream();
        out.printf(
                Locale.ROOT,
                "%s through Kafka (%s), %.0f/s: %d of %s missing, %d doubled%n",
                Words.count(stream.readings(), "reading"),
                stream.guarantee(),
                stream.readingsPerSecond(),
                stream.missing(),
                Words.count(stream.expected(), "forecast"),
                stream.doubled());
    }

    /// What `train` prints.
    static void print(PrintWriter out, SensorNetwork network, TrainingReport report) {
        if (report.seeds() != null) {
            print(out, network.targetMeasure().unit(), report.seeds());
        }
        out.printf(
                Locale.ROOT,
                "%s in %s%s: %s (best %d), seed %d, %.0f s, %.0f windows/s; validation MAE %.3f%n",
                report.model(),
                report.path(),
                report.published() ? " and on " + Topics.MODELS : "",
                Words.count(report.epochs(), "epoch"),
                report.bestEpoch(),
                report.seed(),
                report.seconds(),
                report.windowsPerSecond(),
                report.validation().mean().mae());
        if (report.interrupted()) {
            out.println("interrupted: this is the best so far"
                    + (report.epochs() > 1 ? "; `headwater train --resume` goes on" : ""));
        }
        out.println((report.champion().promoted() ? "now the champion: " : "not the champion: ")
                + report.champion().reason());
        errors(out, network, report.model(), report.test(), report.baselines());
    }

    private static void print(PrintWriter out, String unit, SeedReport seeds) {
        for (SeedReport.Run run : seeds.runs()) {
            out.printf(
                    Locale.ROOT,
                    "seed %d: %s (best %d), %.0f s; MAE %.3f on validation, %.3f on test%n",
                    run.seed(),
                    Words.count(run.epochs(), "epoch"),
                    run.bestEpoch(),
                    run.seconds(),
                    run.validation(),
                    run.test());
        }
        out.printf("MAE in %s over %s%n", unit, Words.count(seeds.runs().size(), "seed"));
        out.printf("%-24s %8s %8s %8s %8s%n", "", "mean", "sd", "min", "max");
        seeds.validation().forEach(column -> print(out, "validation, ", column));
        seeds.test().forEach(column -> print(out, "test, ", column));
    }

    private static void print(PrintWriter out, String part, SeedStudy.Column column) {
        Spread mae = column.mae();
        out.printf(
                Locale.ROOT,
                "%-24s %8.3f %8.3f %8.3f %8.3f%n",
                part + column.lead(),
                mae.mean(),
                mae.sd(),
                mae.min(),
                mae.max());
    }

    /// What `train --lr-range-test` prints: every tenth update.
    ///
    /// @param curve file of the plot; null for none
    static void print(PrintWriter out, LearningRateRange range, @Nullable Path curve) {
        out.printf("%12s %10s %10s%n", "rate", "loss", "smoothed");
        for (int i = 0; i < range.points().size(); i += EVERY) {
            LearningRateRange.Point point = range.points().get(i);
            out.printf(Locale.ROOT, "%12.2e %10.3f %10.3f%n", point.rate(), point.loss(), point.smoothed());
        }
        out.printf(
                Locale.ROOT,
                "steepest descent at %.1e, blow-up at %.1e: try --learning-rate %.1e (a tenth of the blow-up)%n",
                range.descent(),
                range.blowUp(),
                range.suggestion());
        if (curve != null) {
            out.println("curve in " + curve);
        }
    }

    /// Errors at a quarter, half and all of the horizon, one line for the model and one for each baseline.
    ///
    /// @param baselines by name
    public static void errors(
            PrintWriter out,
            SensorNetwork network,
            String model,
            ErrorTable errors,
            Map<String, ErrorTable> baselines) {
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(model, errors);
        baselines.forEach(rows::putIfAbsent);
        Output.table(out, network.targetMeasure().unit(), rows);
    }
}
