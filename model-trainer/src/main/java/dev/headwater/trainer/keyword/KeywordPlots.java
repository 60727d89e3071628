package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.report.ConfusionChart;
import dev.headwater.report.Plot;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/// Plots the figures of a classifier: accuracy by epoch, and the confusion matrix.
public final class KeywordPlots {

    private static final String ACCURACY = "accuracy";
    private static final String CONFUSION = "confusion";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private KeywordPlots() {}

    /// Writes `accuracy.png` and `confusion.png` into a folder and creates it if needed. Without a validation
    /// curve, only `confusion.png` is written.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when the folder cannot be written
    public static void write(KeywordModel model, Path folder) {
        if (!model.figures().validationCurve().isEmpty()) {
            Plot.write(folder, ACCURACY, Plot.png(accuracy(model.figures())));
        }
        Plot.write(folder, CONFUSION, Plot.png(ConfusionChart.of(model.figures().test(), WIDTH, HEIGHT)));
    }

    private static XYChart accuracy(KeywordModel.Figures figures) {
        XYChart chart =
                Plot.chart("Accuracy by epoch, best " + figures.bestEpoch(), "epoch", "accuracy, %", WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        chart.getStyler().setYAxisMax(100.0);
        curve(chart, "training, not augmented", figures.trainingCurve());
        curve(chart, "validation", figures.validationCurve());
        return chart;
    }

    private static void curve(XYChart chart, String name, List<Double> accuracies) {
        double[] epochs = IntStream.rangeClosed(1, accuracies.size())
                .mapToDouble(epoch -> epoch)
                .toArray();
        double[] percents =
                accuracies.stream().mapToDouble(accuracy -> 100 * accuracy).toArray();
        Plot.line(chart, name, epochs, percents);
    }
}
