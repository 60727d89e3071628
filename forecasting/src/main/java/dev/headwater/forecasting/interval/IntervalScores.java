package dev.headwater.forecasting.interval;

/// Quality of prediction intervals: coverage, width, and the Winkler score (Winkler, *A decision-theoretic
/// approach to interval estimation*, 1972), which penalises both width and misses. Not thread-safe.
public final class IntervalScores {

    private final double level;
    private long counted;
    private long inside;
    private double width;
    private double winkler;

    /// @param level nominal coverage of the intervals
    public IntervalScores(double level) {
        this.level = level;
    }

    /// Counts one interval against the truth; NaN is not counted.
    public void add(float lower, float upper, float truth) {
        if (Float.isNaN(truth)) {
            return;
        }
        counted++;
        inside += truth >= lower && truth <= upper ? 1 : 0;
        width += upper - lower;
        winkler += winkler(level, lower, upper, truth);
    }

    /// The Winkler score of one interval, in the unit of the target; less is better.
    public static double winkler(double level, float lower, float upper, float truth) {
        double miss = Math.max(0, Math.max(lower - truth, truth - upper));
        return upper - lower + 2 / (1 - level) * miss;
    }

    public double level() {
        return level;
    }

    /// Truths counted.
    public long counted() {
        return counted;
    }

    public void addAll(IntervalScores other) {
        counted += other.counted;
        inside += other.inside;
        width += other.width;
        winkler += other.winkler;
    }

    public Row row() {
        return new Row(level, (double) inside / counted, width / counted, winkler / counted);
    }

    /// The scores so far.
    ///
    /// @param level    nominal coverage
    /// @param coverage share of truths inside
    /// @param width    mean width, unit of the target
    /// @param winkler  mean Winkler score, unit of the target
    public record Row(double level, double coverage, double width, double winkler) {}
}
