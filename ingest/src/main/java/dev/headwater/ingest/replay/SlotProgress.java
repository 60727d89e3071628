package dev.headwater.ingest.replay;

import dev.headwater.ingest.terminal.Bars;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// A progress bar that appears only after a second.
final class SlotProgress implements AutoCloseable {

    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final String task;
    private final long slots;
    private final boolean wanted;
    private final Bars bars;
    private final LongSupplier nanoTime;
    private final long start;
    private @Nullable ProgressBar bar;

    /// @param slots total number; negative when unknown
    SlotProgress(String task, long slots, ReplayOptions.Progress progress, Bars bars) {
        this.task = task;
        this.slots = slots;
        this.wanted = switch (progress) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> bars.drawn() || slots > 0;
        };
        this.bars = bars;
        this.nanoTime = bars.nanoTime();
        this.start = nanoTime.getAsLong();
    }

    /// On standard error.
    static SlotProgress shown(String task, long slots, ReplayOptions.Progress progress) {
        return new SlotProgress(task, slots, progress, Bars.onStandardError());
    }

    void at(long slot) {
        if (bar == null && wanted && nanoTime.getAsLong() - start > PATIENCE_NANOS) {
            bar = bars.open(task, slots, "slots");
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
