package dev.headwater.cli;

import dev.headwater.lab.definition.RowSpec;
import dev.headwater.trainer.TrainingListener;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/// The rows of the lab as progress bars: one for each row, with the time left for it and for all.
final class LabBars implements AutoCloseable {

    private static final int SECONDS = 60;

    private final int count;
    private final int expected; // seconds of all rows
    private final long begun = System.nanoTime();
    private int passed; // rows
    private int passedExpected; // seconds of the rows that have ended
    private int found; // seconds of the rows that had a result
    private @Nullable ProgressBar bar;

    LabBars(List<RowSpec> rows, int seeds) {
        this.count = rows.size() * seeds;
        this.expected = seeds * rows.stream().mapToInt(RowSpec::seconds).sum();
    }

    /// The bar of a row.
    TrainingListener row(RowSpec row, long seed) {
        close();
        String task = row.row() + " " + (passed + 1) + "/" + count;
        bar = Output.bar(task, 0, "");
        return new Row(task + ", seed " + seed);
    }

    /// @param ran false when it had a result already
    void rowEnded(RowSpec row, boolean ran) {
        close();
        passed++;
        passedExpected += row.seconds();
        found += ran ? 0 : row.seconds();
    }

    /// Time left for all rows, if they take as much longer or shorter than expected as those that have run.
    private String left() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        int ran = passedExpected - found;
        double factor = ran < SECONDS ? 1 : seconds / ran;
        return String.format(
                Locale.ROOT, "all %.0f min left", Math.ceil(factor * (expected - passedExpected) / SECONDS));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /// One row: its epochs as one bar.
    private final class Row implements TrainingListener {

        private final String task;
        private long samples;
        private String epoch = "";
        private String best = "";
        private int number;

        Row(String task) {
            this.task = task;
        }

        @Override
        public void epochStarted(int current, int epochs, long each) {
            if (current == 1) {
                close();
                bar = Output.bar(task, epochs * each, "examples");
            }
            samples = each;
            number = current;
            epoch = "epoch " + current + "/" + epochs;
        }

        @Override
        public void batch(long done, double loss) {
            if (bar != null) {
                bar.stepTo((number - 1) * samples + done);
                bar.setExtraMessage(epoch + ", " + left() + best);
            }
        }

        @Override
        public void epochEnded(int current, double validation, boolean isBest) {
            best = isBest ? ", best " + Output.figure(validation) : best;
        }
    }
}
