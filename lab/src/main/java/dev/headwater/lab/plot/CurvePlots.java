package dev.headwater.lab.plot;

import dev.headwater.report.Plot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Pictures of how training went, as PNG.
public final class CurvePlots {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 280;
    private static final int COMPARISON_HEIGHT = 320;
    private static final int MARKED = 30; // with more epochs markers would hide the line
    private static final int MARKER = 5;
    private static final int LABEL_SPACING = 45;

    private CurvePlots() {}

    /// Loss and another figure side by side, 640 by 280 pixels.
    ///
    /// @param step `epoch` or `iteration`
    /// @param at   numbers of the epochs, ascending
    /// @throws IllegalArgumentException when a curve has not one value per epoch, or there is no epoch
    public static byte[] sideBySide(String step, double[] at, CurvePanel loss, CurvePanel metric) {
        Lengths.some("epochs", at.length);
        return Plot.compact(Plot.grid(List.of(panel(step, at, loss), panel(step, at, metric)), 2));
    }

    private static XYChart panel(String step, double[] at, CurvePanel panel) {
        XYChart chart = Plot.panel("", step, panel.title(), WIDTH / 2, HEIGHT);
        double last = Math.max(2, at[at.length - 1]);
        axis(chart, last);
        curve(chart, "training", at, panel.training(), at.length <= MARKED);
        curve(chart, "validation", at, panel.validation(), at.length <= MARKED);
        if (Double.isFinite(panel.baseline())) {
            double[] ends = {0, last};
            double[] values = {panel.baseline(), panel.baseline()};
            Plot.dashed(chart, String.format(Locale.ROOT, "naive %.3g", panel.baseline()), ends, values);
        }
        Axes.up(List.of(chart));
        return chart;
    }

    private static void axis(XYChart chart, double last) {
        chart.getStyler().setXAxisDecimalPattern("#,##0").setXAxisTickMarkSpacingHint(LABEL_SPACING);
        chart.getStyler().setMarkerSize(MARKER);
        Axes.across(chart, 0, last);
    }

    /// Adds a curve with gaps where a value is not finite, as when training diverges.
    private static void curve(XYChart chart, String name, double[] at, double[] values, boolean marked) {
        if (values.length > 0) {
            Lengths.same(name, values.length, "epochs", at.length);
            double[] drawn = DoubleStream.of(values)
                    .map(value -> Double.isFinite(value) ? value : Double.NaN)
                    .toArray();
            Plot.line(chart, name, at, drawn);
            if (marked) {
                chart.getSeries(name).setMarker(SeriesMarkers.CIRCLE);
            }
        }
    }

    /// The same figure of several rows in one chart, 640 by 320 pixels.
    ///
    /// @param step   `epoch` or `iteration`
    /// @param metric title of the y axis, with the unit
    /// @param rows   values of each row from epoch 1 on, in the order of the legend
    /// @throws IllegalArgumentException when there is no row, or a row without values
    public static byte[] comparison(String step, String metric, Map<String, double[]> rows) {
        Lengths.some("rows", rows.size());
        XYChart chart = Plot.panel("", step, metric, WIDTH, COMPARISON_HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        int last = rows.values().stream().mapToInt(values -> values.length).reduce(2, Math::max);
        axis(chart, last);
        rows.forEach((name, values) -> {
            Lengths.some(name, values.length);
            double[] at = IntStream.rangeClosed(1, values.length)
                    .mapToDouble(epoch -> epoch)
                    .toArray();
            curve(chart, name, at, values, last <= MARKED);
        });
        Axes.up(List.of(chart));
        return Plot.compact(Plot.png(chart));
    }
}
