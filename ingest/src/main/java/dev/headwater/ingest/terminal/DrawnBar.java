package dev.headwater.ingest.terminal;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/// A bar in the last line of a terminal. A task that ends at once is not drawn, and a bar without a known total
/// is erased at the end.
final class DrawnBar implements ProgressBarRenderer, ProgressBarConsumer {

    private static final long PATIENCE_NANOS = 500_000_000;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final BarText text;
    private final PrintStream out;
    private final IntSupplier columns;
    private final LongSupplier nanoTime;
    private final long begun;
    private boolean indefinite;
    private boolean drawn;
    private boolean over;
    private boolean closed;

    DrawnBar(BarText text, PrintStream out, IntSupplier columns, LongSupplier nanoTime) {
        this.text = text;
        this.out = out;
        this.columns = columns;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /// The last column stays free: some terminals go on to the next line when it is written.
    @Override
    public int getMaxRenderedLength() {
        return columns.getAsInt() - 1;
    }

    @Override
    public String render(ProgressState state, int width) {
        indefinite = BarText.isIndefinite(state);
        over = !state.isAlive();
        boolean due = BarText.isComplete(state) || nanoTime.getAsLong() - begun >= PATIENCE_NANOS;
        return due && !closed && !(over && indefinite) ? text.drawn(state, width) : "";
    }

    @Override
    public void accept(String line) {
        if (!line.isEmpty()) {
            out.print("\r" + line + CLEAR_TO_END);
            drawn = true;
        }
        if (over) {
            close();
        }
        out.flush();
    }

    /// The library draws a closed bar up to twice, and may forget to call this.
    @Override
    public void close() {
        closed = true;
        if (drawn) {
            out.print(indefinite ? "\r" + CLEAR_TO_END : System.lineSeparator());
            drawn = false;
        }
    }
}
