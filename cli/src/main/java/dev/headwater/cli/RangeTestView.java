package dev.headwater.cli;

import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.LearningRatePlot;
import dev.headwater.trainer.forecast.LearningRateRange;
import dev.headwater.trainer.forecast.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `train --lr-range-test` and prints what came out.
///
/// @param json whether as one JSON object
record RangeTestView(CommandSpec spec, boolean json) {

    private static final int EVERY = 10;

    /// @param plots folder for the curve; null for none
    void run(Series series, TrainingSettings settings, @Nullable Path plots) {
        LearningRateRange range;
        try (TrainingBar bar = new TrainingBar(series.network().targetMeasure().unit(), "range test, ")) {
            range = Trainer.rangeTest(series, settings, bar);
        }
        Path file = plots == null
                ? null
                : LearningRatePlot.write(plots, series.network().targetMeasure().unit(), range);
        if (json) {
            Output.json(spec, range);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%12s %10s %10s%n", "rate", "loss", "smoothed");
        for (int i = 0; i < range.points().size(); i += EVERY) {
            LearningRateRange.Point point = range.points().get(i);
            out.printf(Locale.ROOT, "%12.2e %10.3f %10.3f%n", point.rate(), point.loss(), point.smoothed());
        }
        out.printf(
                Locale.ROOT,
                "steepest descent at %.1e, blow-up at %.1e: try --learning-rate %.1e (a tenth of the blow-up)%n",
                range.descent(),
                range.blowUp(),
                range.suggestion());
        if (file != null) {
            out.println("curve in " + file);
        }
        out.flush();
    }
}
