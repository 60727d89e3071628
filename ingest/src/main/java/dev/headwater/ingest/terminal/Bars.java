package dev.headwater.ingest.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;

/// Progress on standard error: a bar in a terminal, a plain line every few seconds elsewhere.
///
/// @param out      output of the bars
/// @param drawn    true when lines on `out` can be redrawn
/// @param columns  of the terminal
/// @param nanoTime a clock
public record Bars(PrintStream out, boolean drawn, IntSupplier columns, LongSupplier nanoTime) {

    private static final int REFRESH_MILLIS = 200;

    public static Bars onStandardError() {
        return new Bars(System.err, Terminal.ERR.isInteractive(), Terminal.ERR::columns, System::nanoTime);
    }

    /// @param task  name of the task
    /// @param total total number of items; 0 or less when unknown
    /// @param unit  the counted items, in the plural
    public ProgressBar open(String task, long total, String unit) {
        return open(task, total, new BarText(unit, true));
    }

    /// A bar whose messages themselves state the remaining time.
    public ProgressBar openUntimed(String task, long total, String unit) {
        return open(task, total, new BarText(unit, false));
    }

    private ProgressBar open(String task, long total, BarText text) {
        if (drawn) {
            DrawnBar bar = new DrawnBar(text, out, columns, nanoTime);
            return open(task, total, bar, bar);
        }
        LoggedBar bar = new LoggedBar(text, out, nanoTime);
        return open(task, total, bar, bar);
    }

    private static ProgressBar open(
            String task, long total, ProgressBarRenderer renderer, ProgressBarConsumer consumer) {
        return new Bar(task, total, renderer, consumer);
    }

    /// Keeps the thread's interrupt flag. When a bar is closed, the library waits for its last drawing and
    /// would clear the flag.
    private static final class Bar extends ProgressBar {

        Bar(String task, long total, ProgressBarRenderer renderer, ProgressBarConsumer consumer) {
            super(task, total, REFRESH_MILLIS, true, false, 0, Duration.ZERO, renderer, consumer);
        }

        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            super.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
