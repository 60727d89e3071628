package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/// The learning-rate range test (Smith, *Cyclical Learning Rates for Training Neural Networks*, 2017): one run whose
/// rate grows with each update, until the loss diverges.
///
/// @param points  one per update, in order
/// @param descent rate at which the smoothed loss falls fastest by the logarithm of the rate
/// @param blowUp  rate at which the smoothed loss leaves its minimum; the last one when it never does
/// @param suggestion the highest rate to train with: a tenth of `blowUp`
public record LearningRateRange(List<Point> points, double descent, double blowUp, double suggestion) {

    static final double FROM = 1e-5;
    static final double TO = 1;
    static final int UPDATES = 300;

    /// Smoothed loss, relative to its minimum so far, at which the test ends.
    private static final double END = 4;

    /// Smoothed loss, relative to its minimum so far, at which the loss counts as diverged.
    private static final double BLOWN_UP = 1.1;

    private static final double SAFETY = 10;
    private static final double SMOOTHING = 0.95;

    /// Updates on either side over which a slope is taken.
    private static final int SLOPE = 5;

    /// Updates after which the smoothed loss is meaningful.
    private static final int WARM_UP = 2 * SLOPE;

    /// The loss at one update.
    ///
    /// @param rate     learning rate
    /// @param loss     of the batch, unit of the target
    /// @param smoothed exponential moving average of the loss, bias-corrected
    public record Point(double rate, double loss, double smoothed) {}

    /// Evaluates the losses of the test.
    ///
    /// @param rates  by update
    /// @param losses by update
    /// @throws InvalidInputException when the loss diverged too early
    public static LearningRateRange of(List<Double> rates, List<Double> losses) {
        List<Point> points = new ArrayList<>();
        double average = 0;
        double weight = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < losses.size() && Double.isFinite(losses.get(i)); i++) {
            average = SMOOTHING * average + (1 - SMOOTHING) * losses.get(i);
            weight = SMOOTHING * weight + (1 - SMOOTHING);
            double smoothed = average / weight;
            points.add(new Point(rates.get(i), losses.get(i), smoothed));
            lowest = Math.min(lowest, smoothed);
            if (smoothed > END * lowest) {
                break;
            }
        }
        if (points.size() <= WARM_UP + 2 * SLOPE) {
            throw new InvalidInputException("learning-rate range test: the loss must stay finite for more than "
                    + (WARM_UP + 2 * SLOPE) + " updates, found " + points.size() + ": are the readings sound?");
        }
        double blowUp = blowUp(points);
        return new LearningRateRange(List.copyOf(points), descent(points, blowUp), blowUp, blowUp / SAFETY);
    }

    /// Only before the divergence: with clipped gradients, the loss can recover after it.
    private static double descent(List<Point> points, double blowUp) {
        int steepest = WARM_UP;
        double slope = Double.POSITIVE_INFINITY;
        for (int i = WARM_UP; i < points.size() - SLOPE && points.get(i).rate < blowUp; i++) {
            double rise = points.get(i + SLOPE).smoothed - points.get(i - SLOPE).smoothed;
            if (rise < slope) {
                slope = rise;
                steepest = i;
            }
        }
        return points.get(steepest).rate;
    }

    private static double blowUp(List<Point> points) {
        double lowest = Double.POSITIVE_INFINITY;
        for (Point point : points.subList(WARM_UP, points.size())) {
            lowest = Math.min(lowest, point.smoothed);
            if (point.smoothed > BLOWN_UP * lowest) {
                return point.rate;
            }
        }
        return points.getLast().rate;
    }
}
