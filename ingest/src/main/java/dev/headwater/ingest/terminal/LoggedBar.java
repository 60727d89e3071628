package dev.headwater.ingest.terminal;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/// Progress in an output that cannot be redrawn, such as a file or a pipe: a line every few seconds, and one on
/// completion.
final class LoggedBar implements ProgressBarRenderer, ProgressBarConsumer {

    private static final long EVERY_NANOS = 5_000_000_000L;

    private final BarText text;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long written;
    private boolean over;

    LoggedBar(BarText text, PrintStream out, LongSupplier nanoTime) {
        this.text = text;
        this.out = out;
        this.nanoTime = nanoTime;
        this.written = nanoTime.getAsLong();
    }

    @Override
    public int getMaxRenderedLength() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String render(ProgressState state, int width) {
        boolean wasOver = over; // the library renders a closed bar up to twice
        over = !state.isAlive();
        boolean due = over ? BarText.isComplete(state) : nanoTime.getAsLong() - written >= EVERY_NANOS;
        return due && !wasOver ? text.plain(state) : "";
    }

    @Override
    public void accept(String line) {
        if (!line.isEmpty()) {
            out.println(line);
            written = nanoTime.getAsLong();
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
