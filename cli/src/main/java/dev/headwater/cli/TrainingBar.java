package dev.headwater.cli;

import dev.headwater.trainer.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/// Training as a progress bar per epoch: loss, best validation MAE so far, windows a second, time left of the epoch
/// and of all epochs that there may be.
public final class TrainingBar implements TrainingListener, AutoCloseable {

    private final String unit;
    private final String label;
    private double best = Double.NaN;
    private ProgressBar bar;
    private long begun;
    private long before;
    private long now;
    private long all;

    /// @param unit of the target
    public TrainingBar(String unit) {
        this(unit, "");
    }

    /// @param unit  of the target
    /// @param label before the number of the epoch
    TrainingBar(String unit, String label) {
        this.unit = unit;
        this.label = label;
        this.bar = Output.bar(label + "prepare", 0, "");
    }

    @Override
    public void resumed(int epochs, double bestMae) {
        best = bestMae;
    }

    @Override
    public void epochStarted(int epoch, int epochs, long count) {
        bar.close();
        bar = Output.untimedBar(label + "epoch " + epoch + "/" + epochs, count, "windows");
        begun = begun == 0 ? System.nanoTime() : begun;
        before += now;
        now = 0;
        all = before + (epochs - epoch + 1) * count;
    }

    @Override
    public void batch(long done, double loss) {
        now = done;
        bar.stepTo(done);
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f, best MAE %s, %s left", loss, best(best), left()));
    }

    /// Time left when the epochs to come go as those before, validation included.
    private String left() {
        double perWindow = (System.nanoTime() - begun) / (double) (before + now);
        Duration left = Duration.ofNanos((long) (perWindow * (all - before - now)));
        return String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
    }

    @Override
    public void epochEnded(int epoch, double validationMae, boolean isBest) {
        best = isBest ? validationMae : best;
        bar.setExtraMessage(
                String.format(Locale.ROOT, "validation MAE %.3f %s%s", validationMae, unit, isBest ? " (best)" : ""));
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
