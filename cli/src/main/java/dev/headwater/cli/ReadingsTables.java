package dev.headwater.cli;

import dev.headwater.backtest.EvaluationReport;
import dev.headwater.backtest.StreamReport;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The figures of networks of readings as people read them.
final class ReadingsTables {

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
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(report.model(), report.errors());
        report.baselines().forEach(rows::putIfAbsent);
        Output.table(out, network.targetMeasure().unit(), rows);
        for (IntervalScores.Row interval : report.intervals()) {
            out.printf(
                    Locale.ROOT,
                    "%.0f %% interval: %.1f %% of truths inside, mean width %.2f %s%n",
                    100 * interval.level(),
                    100 * interval.coverage(),
                    interval.width(),
                    network.targetMeasure().unit());
        }
    }

    /// What `replay` prints.
    static void print(PrintWriter out, SensorNetwork network, StreamReport report) {
        print(out, network, report.figures());
        StreamReport.Passage stream = report.stream();
        out.printf(
                Locale.ROOT,
                "%s through Kafka (%s), %.0f a second: %d of %s missing, %d doubled%n",
                Words.count(stream.readings(), "reading"),
                stream.guarantee(),
                stream.readingsPerSecond(),
                stream.missing(),
                Words.count(stream.expected(), "forecast"),
                stream.doubled());
    }
}
