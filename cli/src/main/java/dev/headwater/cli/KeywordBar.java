package dev.headwater.cli;

import dev.headwater.trainer.TrainingListener;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// The training of a classifier as a progress bar per epoch: loss, best validation accuracy so far, clips a second.
public final class KeywordBar implements TrainingListener, AutoCloseable {

    private final Runnable begin;
    private double best;
    private @Nullable ProgressBar bar;

    /// @param begin run before a bar is drawn: ends the bar of what went before
    public KeywordBar(Runnable begin) {
        this.begin = begin;
    }

    @Override
    public void epochStarted(int epoch, int epochs, long clips) {
        begin.run();
        close();
        bar = Output.bar("words, epoch " + epoch + "/" + epochs, clips, "clips");
    }

    @Override
    public void batch(long done, double loss) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f, best accuracy %.1f %%", loss, 100 * best));
        }
    }

    @Override
    public void epochEnded(int epoch, double accuracy, boolean isBest) {
        best = isBest ? accuracy : best;
        if (bar != null) {
            bar.setExtraMessage(String.format(
                    Locale.ROOT, "validation accuracy %.1f %%%s", 100 * accuracy, isBest ? " (best)" : ""));
            bar.refresh();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
