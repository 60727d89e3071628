package dev.headwater.lab.plot;

import dev.headwater.report.Plot;
import java.awt.Color;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Pictures of forecasts against what came, as PNG.
public final class ScatterPlots {

    private static final int COLUMNS = 4;
    private static final int WIDTH = 180;
    private static final int HEIGHT = 160;
    private static final int POINTS = 1_500; // of a panel: more hide each other
    private static final int MARKER = 3;
    private static final Color TRANSLUCENT = new Color(0x40_00_72_B2, true);
    private static final int LABEL_SPACING = 40;

    private ScatterPlots() {}

    /// One panel per horizon, four in a row, 720 by 552 pixels for twelve; the same axes in all, with the
    /// diagonal
    /// where the two would be equal.
    ///
    /// @param quantity  what is forecast, with its unit: `speed, mph`
    /// @param titles    of the panels: `15 min`
    /// @param actual    values of each panel
    /// @param predicted as many values for each panel; a sample is drawn when there are many, and no pair that
    ///                  is not finite
    /// @throws IllegalArgumentException when titles and values do not belong together, or there are none
    public static byte[] byHorizon(
            String quantity, List<String> titles, List<float[]> actual, List<float[]> predicted) {
        Lengths.same("actual", actual.size(), "titles", titles.size());
        Lengths.same("predicted", predicted.size(), "titles", titles.size());
        List<double[][]> pairs = IntStream.range(0, titles.size())
                .mapToObj(i -> pairs(titles.get(i), actual.get(i), predicted.get(i)))
                .toList();
        double[] ends = ends(pairs);
        List<XYChart> charts = IntStream.range(0, titles.size())
                .mapToObj(i -> panel(titles.get(i), pairs.get(i), ends))
                .toList();
        return Plot.compact(Plot.grid(charts, COLUMNS, "Predicted (upwards) over actual (to the right), " + quantity));
    }

    /// `[actual, predicted][pair]`
    private static double[][] pairs(String title, float[] actual, float[] predicted) {
        Lengths.same("predicted at " + title, predicted.length, "actual", actual.length);
        int[] kept = sample(actual.length)
                .filter(i -> Float.isFinite(actual[i]) && Float.isFinite(predicted[i]))
                .toArray();
        Lengths.some("finite pairs at " + title, kept.length);
        return new double[][] {
            IntStream.of(kept).mapToDouble(i -> actual[i]).toArray(),
            IntStream.of(kept).mapToDouble(i -> predicted[i]).toArray()
        };
    }

    /// Drawn at random, for every n-th could be always the same sensor or the same hour; always the same ones.
    private static IntStream sample(int length) {
        return length <= POINTS
                ? IntStream.range(0, length)
                : new SplittableRandom(length).ints(POINTS, 0, length).distinct();
    }

    private static double[] ends(List<double[][]> pairs) {
        double[] all = pairs.stream()
                .flatMap(Stream::of)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
        return new double[] {
            DoubleStream.of(all).min().orElseThrow(), DoubleStream.of(all).max().orElseThrow()
        };
    }

    private static XYChart panel(String title, double[][] pairs, double[] ends) {
        XYChart chart = Plot.panel(title, "", "", WIDTH, HEIGHT);
        chart.getStyler().setLegendVisible(false).setMarkerSize(MARKER);
        chart.getStyler().setXAxisMin(ends[0]).setXAxisMax(ends[1]).setXAxisTickMarkSpacingHint(LABEL_SPACING);
        chart.getStyler().setYAxisMin(ends[0]).setYAxisMax(ends[1]).setYAxisTickMarkSpacingHint(LABEL_SPACING);
        XYSeries points = chart.addSeries("pairs", pairs[0], pairs[1]);
        points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        points.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(TRANSLUCENT);
        Plot.dashed(chart, "equal", ends, ends);
        return chart;
    }
}
