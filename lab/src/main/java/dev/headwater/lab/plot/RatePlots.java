package dev.headwater.lab.plot;

import dev.headwater.report.Plot;
import dev.headwater.report.RateChart;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/// Pictures of learning-rate sweeps, as PNG.
public final class RatePlots {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final double CUT = 4; // times the lowest loss, or the first loss if that is higher

    private RatePlots() {}

    /// Loss over learning rate, with a mark at the suggested one; 640 by 300 pixels. Losses far above the
    /// lowest are
    /// cut off.
    ///
    /// @param loss      title of the y axis, with the unit
    /// @param rates     learning rates above 0, ascending
    /// @param losses    loss at each rate
    /// @param suggested the rate to mark
    /// @throws IllegalArgumentException when the lengths differ or are 0, or no loss is finite
    public static byte[] sweep(String loss, double[] rates, double[] losses, double suggested) {
        Lengths.same("losses", losses.length, "rates", rates.length);
        double[] finite = DoubleStream.of(losses).filter(Double::isFinite).toArray();
        Lengths.some("finite losses", finite.length);
        double lowest = DoubleStream.of(finite).min().orElseThrow();
        double cut = Math.max(CUT * lowest, finite[0]);
        XYChart chart = Plot.panel("", "learning rate", loss, WIDTH, HEIGHT);
        boolean whole =
                finite.length == losses.length && DoubleStream.of(losses).allMatch(value -> value <= cut);
        String name = whole ? "loss" : String.format(Locale.ROOT, "loss, cut off at %.3g", cut);
        RateChart.line(chart, name, rates, losses, cut);
        double[] mark = {suggested, suggested};
        Plot.dashed(chart, String.format(Locale.ROOT, "suggested %.1e", suggested), mark, new double[] {0, cut});
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(cut);
        return Plot.compact(Plot.png(chart));
    }
}
