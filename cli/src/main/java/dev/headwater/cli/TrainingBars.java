package dev.headwater.cli;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// Training as a progress bar per epoch, one after the other: loss, best score on validation so far, samples a
/// second, time left. Opening a bar closes the previous one.
public final class TrainingBars implements AutoCloseable {

    private @Nullable ProgressBar bar;

    /// The bars for a forecaster's training, with the time left for the maximum number of epochs. Opens the
    /// first bar immediately.
    ///
    /// @param label before the number of the epoch
    public TrainingListener forecaster(SensorNetwork network, String label) {
        close();
        bar = Output.bar(label + "prepare", 0, "");
        String unit = " " + network.targetMeasure().unit();
        return new Epochs(new Kind(label, "windows", "MAE", Output::figure, unit, true));
    }

    /// The bars for a keyword classifier's training, with the time left in the epoch.
    public TrainingListener classifier() {
        DoubleFunction<String> percent = accuracy -> String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
        return new Epochs(new Kind("words, ", "clips", "accuracy", percent, "", false));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /// How the bars present a training.
    ///
    /// @param label    before the number of the epoch
    /// @param samples  name of the samples, in the plural
    /// @param score    name of the score on the validation part
    /// @param figure   formats the score
    /// @param unit     of the score
    /// @param timesAll whether messages state the time left for all epochs; else the bar states that of the epoch
    private record Kind(
            String label, String samples, String score, DoubleFunction<String> figure, String unit, boolean timesAll) {}

    /// One training.
    private final class Epochs implements TrainingListener {

        private final Kind kind;
        private String best;
        private long begun;
        private long before;
        private long now;
        private long all;

        Epochs(Kind kind) {
            this.kind = kind;
            this.best = kind.timesAll ? "-" : kind.figure.apply(0);
        }

        @Override
        public void resumed(int epochs, double bestSoFar) {
            best = kind.figure.apply(bestSoFar);
        }

        @Override
        public void epochStarted(int epoch, int epochs, long count) {
            close();
            String task = kind.label + "epoch " + epoch + "/" + epochs;
            bar = kind.timesAll ? Output.untimedBar(task, count, kind.samples) : Output.bar(task, count, kind.samples);
            begun = begun == 0 ? System.nanoTime() : begun;
            before += now;
            now = 0;
            all = before + (epochs - epoch + 1) * count;
        }

        @Override
        public void batch(long done, double loss) {
            now = done;
            ProgressBar shown = shown();
            shown.stepTo(done);
            shown.setExtraMessage("loss " + Output.figure(loss) + ", best " + kind.score + " " + best + left());
        }

        /// Time left if the remaining epochs take as long as those before, validation included.
        private String left() {
            if (!kind.timesAll) {
                return "";
            }
            double perSample = (System.nanoTime() - begun) / (double) (before + now);
            Duration left = Duration.ofNanos((long) (perSample * (all - before - now)));
            return String.format(Locale.ROOT, ", %d:%02d left", left.toMinutes(), left.toSecondsPart());
        }

        @Override
        public void epochEnded(int epoch, double validation, boolean isBest) {
            String told = kind.figure.apply(validation);
            best = isBest ? told : best;
            ProgressBar shown = shown();
            shown.setExtraMessage("validation " + kind.score + " " + told + kind.unit + (isBest ? " (best)" : ""));
            shown.refresh();
        }

        private ProgressBar shown() {
            return Objects.requireNonNull(bar, "an epoch has begun");
        }
    }
}
