package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Plots the figures of a classifier: accuracy by epoch, and the confusion matrix.
public final class KeywordPlots {

    /// File of the curves.
    public static final String ACCURACY = "accuracy.png";

    /// File of the confusion matrix.
    public static final String CONFUSION = "confusion.png";

    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;
    private static final int MIN_ROW = 10;
    private static final Color FEW = new Color(0xF7FBFF);
    private static final Color MANY = new Color(0x2171B5);

    private KeywordPlots() {}

    /// Writes PNG files into a folder, which is made.
    ///
    /// @throws InvalidInputException when it cannot be written
    public static void write(KeywordModel model, Path folder) {
        try {
            Files.createDirectories(folder);
            if (!model.figures().validationCurve().isEmpty()) {
                BitmapEncoder.saveBitmap(
                        accuracy(model.figures()), folder.resolve(ACCURACY).toString(), BitmapEncoder.BitmapFormat.PNG);
            }
            BitmapEncoder.saveBitmap(
                    confusion(model.figures().test()),
                    folder.resolve(CONFUSION).toString(),
                    BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new InvalidInputException("plots folder " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static XYChart accuracy(KeywordModel.Figures figures) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Accuracy by epoch, best " + figures.bestEpoch())
                .xAxisTitle("epoch")
                .yAxisTitle("accuracy, %")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
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
        chart.addSeries(name, epochs, percents).setMarker(SeriesMarkers.NONE);
    }

    private static HeatMapChart confusion(Confusion confusion) {
        int words = confusion.labels().size();
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(String.format(
                        Locale.ROOT,
                        "%d test clips, %.1f %% right, hardest: %s",
                        confusion.clips(),
                        100 * confusion.accuracy(),
                        String.join(" and ", confusion.hardest())))
                .xAxisTitle("heard")
                .yAxisTitle("said")
                .build();
        chart.getStyler().setShowValue(true);
        chart.getStyler().setYAxisTickMarkSpacingHint(MIN_ROW); // else every second word has no label
        chart.getStyler().setRangeColors(new Color[] {FEW, MANY});
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
