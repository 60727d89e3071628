package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.report.Plot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/// Plots the figures of a classifier: accuracy by epoch, and the confusion matrix.
public final class KeywordPlots {

    private static final String ACCURACY = "accuracy";
    private static final String CONFUSION = "confusion";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;
    private static final int MIN_ROW = 10;

    private KeywordPlots() {}

    /// Writes `accuracy.png` and `confusion.png` into a folder and creates it if needed. Without a validation
    /// curve, only `confusion.png` is written.
    ///
    /// @throws InvalidInputException when the folder cannot be written
    public static void write(KeywordModel model, Path folder) {
        if (!model.figures().validationCurve().isEmpty()) {
            Plot.write(folder, ACCURACY, Plot.png(accuracy(model.figures())));
        }
        Plot.write(folder, CONFUSION, Plot.png(confusion(model.figures().test())));
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

    private static HeatMapChart confusion(Confusion confusion) {
        int words = confusion.labels().size();
        String title = String.format(
                Locale.ROOT,
                "%d test clips, %.1f %% right, hardest: %s",
                confusion.clips(),
                100 * confusion.accuracy(),
                String.join(" and ", confusion.hardest()));
        HeatMapChart chart = Plot.cells(title, "heard", "said", WIDTH, HEIGHT);
        chart.getStyler().setShowValue(true);
        chart.getStyler().setXAxisTickMarkSpacingHint(MIN_ROW); // for both axes; else every second row has no label
        int[] axis = IntStream.range(0, words).toArray();
        int[][] heat = new int[words][words]; // [heard][said], the first word said at the top
        for (int said : axis) {
            for (int heard : axis) {
                heat[heard][words - 1 - said] = confusion.counts().get(said).get(heard);
            }
        }
        chart.addSeries("clips", confusion.labels(), confusion.labels().reversed(), cells(heat));
        return chart;
    }

    /// XChart's cells: `[x, y, value]` each.
    private static List<Number[]> cells(int[][] heat) {
        return IntStream.range(0, heat.length)
                .boxed()
                .flatMap(x -> IntStream.range(0, heat[x].length).mapToObj(y -> new Number[] {x, y, heat[x][y]}))
                .toList();
    }
}
