package dev.headwater.report;

import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/// Draws loss over learning rate, as a range test or a sweep finds it.
public final class RateChart {

    private RateChart() {}

    /// Adds a line of losses and makes the axis of the rates logarithmic.
    ///
    /// @param name   for the legend
    /// @param rates  learning rates above 0
    /// @param losses as many as `rates`; those that are not finite are drawn at `cut`
    /// @param cut    highest loss drawn: a rate that is too high makes it grow without bound
    public static void line(XYChart chart, String name, double[] rates, double[] losses, double cut) {
        chart.getStyler().setXAxisLogarithmic(true).setPlotGridVerticalLinesVisible(false); // nine lines per decade
        double[] drawn = DoubleStream.of(losses)
                .map(loss -> Double.isFinite(loss) ? Math.min(loss, cut) : cut)
                .toArray();
        Plot.line(chart, name, rates, drawn);
    }
}
