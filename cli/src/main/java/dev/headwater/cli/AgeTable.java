package dev.headwater.cli;

import dev.headwater.backtest.AgeReport;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.util.Locale;

/// Prints errors by day of life as text.
final class AgeTable {

    private AgeTable() {}

    /// What `evaluate --by-age` prints.
    static void print(PrintWriter out, SensorNetwork network, AgeReport report) {
        out.printf(
                Locale.ROOT,
                "%s: %s, %s each; MAE in %s, %.1f s%n",
                report.network(),
                Words.count(report.sensors(), "new sensor"),
                Words.count(report.starts(), "begin"),
                network.targetMeasure().unit(),
                report.seconds());
        out.printf(
                "%-13s %10s %12s %10s%n",
                "days of life", "model", "persistence", report.beside() == null ? "" : "trained on");
        for (AgeReport.Age age : report.ages()) {
            String days = age.from() == age.to() ? "" + age.from() : age.from() + " to " + age.to();
            out.printf(Locale.ROOT, "%-13s %10.3f %12.3f", days, age.mae(), age.persistence());
            if (age.beside() != null) {
                out.printf(Locale.ROOT, " %10.3f %+6.1f %%", age.beside(), 100 * (age.mae() / age.beside() - 1));
            }
            out.println();
        }
    }
}
