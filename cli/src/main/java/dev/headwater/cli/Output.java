package dev.headwater.cli;

import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.ingest.terminal.Bars;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;

/// Progress bars and tables of errors.
public final class Output {

    private static final String HEAD = "%44s  %s%n";
    private static final String ROW = "%-19s %8s %7s %7s  %8s %7s %7s  %7s%n";

    private Output() {}

    /// A progress bar on standard error.
    ///
    /// @param total 0 when the amount of work is unknown
    /// @param unit  name of what is counted, in the plural
    public static ProgressBar bar(String task, long total, String unit) {
        return Bars.onStandardError().open(task, total, unit);
    }

    /// A progress bar without its own estimate: its messages state the time left.
    static ProgressBar untimedBar(String task, long total, String unit) {
        return Bars.onStandardError().openUntimed(task, total, unit);
    }

    private static String leads(ErrorTable table) {
        return Words.series(
                table.shown().stream().mapToDouble(ErrorTable.Step::minutes).toArray());
    }

    /// Errors at a quarter, half and all of the horizon, one line per forecaster.
    public static void table(PrintWriter out, String unit, Map<String, ErrorTable> rows) {
        ErrorTable any = rows.values().iterator().next();
        out.printf(Locale.ROOT, HEAD, "MAE, " + unit + ", at " + leads(any), "RMSE at the same, mean MAE");
        rows.forEach((name, table) -> {
            List<ErrorTable.Step> steps = table.shown();
            out.printf(
                    Locale.ROOT,
                    ROW,
                    name,
                    figure(steps.get(0).mae()),
                    figure(steps.get(1).mae()),
                    figure(steps.get(2).mae()),
                    figure(steps.get(0).rmse()),
                    figure(steps.get(1).rmse()),
                    figure(steps.get(2).rmse()),
                    figure(table.mean().mae()));
        });
        out.flush();
    }

    public static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
