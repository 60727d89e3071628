package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What commands print: figures on standard output, everything else on standard error.
public final class Output {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String ROW = "%-20s %8s %8s %8s %8s %8s %8s %8s%n";
    private static final int BAR_MILLIS = 200;
    private static final int BAR_COLUMNS = 120;

    private Output() {}

    public static void json(CommandSpec command, Object value) {
        PrintWriter out = command.commandLine().getOut();
        out.println(JSON.writeValueAsString(value));
        out.flush();
    }

    /// True when a person watches: what is printed can be redrawn in place.
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// A progress bar on standard error.
    public static ProgressBar bar(String task, long total, String unit) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(BAR_MILLIS)
                .setMaxRenderedLength(BAR_COLUMNS)
                .showSpeed()
                .setConsumer(
                        isTerminal()
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new ConsoleProgressBarConsumer(System.err, BAR_COLUMNS))
                .build();
    }

    /// Errors at a quarter, half and all of the horizon, one line per forecaster.
    public static void table(PrintWriter out, String unit, Map<String, ErrorTable> rows) {
        ErrorTable any = rows.values().iterator().next();
        List<ErrorTable.Step> shown = any.shown();
        out.printf(
                Locale.ROOT,
                "%-20s %26s   %26s%n",
                "",
                "MAE, " + unit + ", at " + leads(shown),
                "RMSE at the same, and mean MAE");
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

    private static String leads(List<ErrorTable.Step> steps) {
        boolean inSeconds = steps.getLast().minutes() < 1;
        List<String> leads = steps.stream()
                .map(step -> inSeconds
                        ? String.format(Locale.ROOT, "%.2f", step.minutes() * 60)
                        : String.format(Locale.ROOT, "%.0f", step.minutes()))
                .toList();
        return String.join(" / ", leads) + (inSeconds ? " s" : " min");
    }

    public static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
