package dev.headwater.cli;

import dev.headwater.trainer.TrainingListener;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/// Training as a progress bar per epoch: loss, best validation MAE so far, windows a second, time left.
public final class TrainingBar implements TrainingListener, AutoCloseable {

    private final String unit;
    private double best = Double.NaN;
    private ProgressBar bar;

    /// @param unit of the target
    public TrainingBar(String unit) {
        this.unit = unit;
        this.bar = Output.bar("prepare", 0, "");
    }

    @Override
    public void epochStarted(int epoch, int epochs, long windows) {
        bar.close();
        bar = Output.bar("epoch " + epoch + "/" + epochs, windows, " windows");
    }

    @Override
    public void batch(long done, double loss) {
        bar.stepTo(done);
        bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f, best validation MAE %s", loss, best(best)));
    }

    @Override
    public void epochEnded(int epoch, double validationMae, boolean isBest) {
        best = isBest ? validationMae : best;
        bar.setExtraMessage(
                String.format(Locale.ROOT, " validation MAE %.3f %s%s", validationMae, unit, isBest ? ", best" : ""));
        bar.refresh();
    }

    private static String best(double value) {
        return Double.isNaN(value) ? "-" : Output.figure(value);
    }

    @Override
    public void close() {
        bar.close();
    }
}
