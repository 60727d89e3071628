package dev.headwater.report;

import dev.headwater.forecasting.audio.Confusion;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;

/// Draws a confusion matrix as a heat map with the counts in its cells.
public final class ConfusionChart {

    private static final int MIN_ROW = 10;

    private ConfusionChart() {}

    /// Draws a matrix: words said downwards, words heard across. The title names the two words that are hardest to
    /// tell apart.
    ///
    /// @param width  pixels
    /// @param height pixels
    public static HeatMapChart of(Confusion confusion, int width, int height) {
        HeatMapChart chart = Plot.cells(title(confusion), "heard", "said", width, height);
        chart.getStyler().setShowValue(true);
        chart.getStyler().setXAxisTickMarkSpacingHint(MIN_ROW); // for both axes; else every second row has no label
        chart.addSeries("clips", confusion.labels(), confusion.labels().reversed(), cells(heat(confusion)));
        return chart;
    }

    /// A matrix for a small picture, with small letters.
    ///
    /// @param width  pixels
    /// @param height pixels
    public static HeatMapChart small(Confusion confusion, int width, int height) {
        HeatMapChart chart = of(confusion, width, height);
        Plot.small(chart.getStyler());
        chart.getStyler().setLegendVisible(false); // the cells tell their counts
        return chart;
    }

    private static String title(Confusion confusion) {
        return String.format(
                Locale.ROOT,
                "%d test clips, %.1f %% right, hardest: %s",
                confusion.clips(),
                100 * confusion.accuracy(),
                String.join(" and ", confusion.hardest()));
    }

    /// `[heard][said]`, the first word said at the top.
    private static int[][] heat(Confusion confusion) {
        int words = confusion.labels().size();
        int[][] heat = new int[words][words];
        for (int said = 0; said < words; said++) {
            for (int heard = 0; heard < words; heard++) {
                heat[heard][words - 1 - said] = confusion.counts().get(said).get(heard);
            }
        }
        return heat;
    }

    /// XChart's cells: `[x, y, value]` each.
    private static List<Number[]> cells(int[][] heat) {
        return IntStream.range(0, heat.length)
                .boxed()
                .flatMap(x -> IntStream.range(0, heat[x].length).mapToObj(y -> new Number[] {x, y, heat[x][y]}))
                .toList();
    }
}
