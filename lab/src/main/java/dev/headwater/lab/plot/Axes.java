package dev.headwater.lab.plot;

import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// The axes of panels that are compared with each other.
final class Axes {

    private static final double MARGIN = 0.05; // of the range, above and below

    private Axes() {}

    /// Gives all charts axes that hold the values of all.
    static void same(List<XYChart> charts) {
        double[] x = range(charts, XYSeries::getXData, 0);
        charts.forEach(chart -> across(chart, x[0], x[1]));
        up(charts);
    }

    /// Gives all charts a y axis that holds the values of all, with a margin.
    static void up(List<XYChart> charts) {
        double[] y = range(charts, XYSeries::getYData, MARGIN);
        charts.forEach(chart -> chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]));
    }

    /// Lets the x axis reach exactly from one place to another. The end is moved by a hair: XChart would else
    /// put the
    /// labels of equally spaced values at every n-th value, as in 0, 188, 376.
    static void across(XYChart chart, double from, double to) {
        chart.getStyler().setXAxisMin(from).setXAxisMax(to + 1e-6 * (to - from));
    }

    private static double[] range(List<XYChart> charts, Function<XYSeries, double[]> values, double margin) {
        double[] all = charts.stream()
                .flatMap(chart -> chart.getSeriesCollection().stream())
                .flatMapToDouble(series -> DoubleStream.of(values.apply(series)))
                .filter(Double::isFinite)
                .toArray();
        double lowest = DoubleStream.of(all).min().orElse(0);
        double highest = DoubleStream.of(all).max().orElse(1);
        double room = highest > lowest ? margin * (highest - lowest) : 1;
        return new double[] {lowest - room, highest + room};
    }
}
