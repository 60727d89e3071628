package dev.headwater.trainer.forecast;

import dev.headwater.report.Plot;
import dev.headwater.report.RateChart;
import dev.headwater.trainer.forecast.LearningRateRange.Point;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;

/// The curve of a learning-rate range test.
public final class LearningRatePlot {

    private static final double MAX = 4; // times the lowest loss: higher values are cut off

    private LearningRatePlot() {}

    /// Draws loss over learning rate.
    ///
    /// @param unit of the loss
    /// @return the file
    /// @throws dev.headwater.forecasting.InvalidInputException when the folder cannot be written
    public static Path write(Path folder, String unit, LearningRateRange range) {
        List<Point> points = range.points();
        double lowest = points.stream().mapToDouble(Point::smoothed).min().orElseThrow();
        XYChart chart = Plot.lines("Learning-rate range test", "learning rate", "loss, " + unit);
        double[] rates = points.stream().mapToDouble(Point::rate).toArray();
        double[] losses = points.stream().mapToDouble(Point::loss).toArray();
        double[] smoothed = points.stream().mapToDouble(Point::smoothed).toArray();
        RateChart.line(chart, "batch", rates, losses, MAX * lowest);
        RateChart.line(chart, "smoothed", rates, smoothed, MAX * lowest);
        return Plot.write(folder, "learning-rate-range", Plot.png(chart));
    }
}
