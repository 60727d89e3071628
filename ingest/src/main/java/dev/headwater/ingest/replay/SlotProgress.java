package dev.headwater.ingest.replay;

import java.io.Console;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/// A bar that appears only when there is something to wait for.
final class SlotProgress implements AutoCloseable {

    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int WIDTH = 100;

    private final String task;
    private final long slots;
    private final boolean wanted;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final long start;
    private @Nullable ProgressBar bar;

    /// @param slots how many there will be; negative when unknown
    SlotProgress(String task, long slots, ReplayOptions.Progress progress, PrintStream out, LongSupplier nanoTime) {
        this.task = task;
        this.slots = slots;
        this.wanted = switch (progress) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> onTerminal();
        };
        this.out = out;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /// A bar on standard error, by the machine's clock.
    static SlotProgress shown(String task, long slots, ReplayOptions.Progress progress) {
        return new SlotProgress(task, slots, progress, System.err, System::nanoTime);
    }

    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void at(long slot) {
        if (bar == null && wanted && nanoTime.getAsLong() - start > PATIENCE_NANOS) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(slots)
                    .setUnit(" slots", 1)
                    .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                    .build();
        }
        if (bar != null) {
            bar.stepTo(slot);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
