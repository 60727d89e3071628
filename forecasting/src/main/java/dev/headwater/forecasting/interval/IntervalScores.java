package dev.headwater.forecasting.interval;

/// How well intervals hold: the share of truths inside, their width, and the Winkler score (Winkler, *A
/// decision-theoretic approach to interval estimation*, 1972), which charges width and misses together. Not
/// thread-safe.
public final class IntervalScores {

    private final double level;
    private long counted;
    private long inside;
    private double width;
    private double winkler;

    /// @param level probability with which the intervals are meant to hold
    public IntervalScores(double level) {
        this.level = level;
    }

    /// Counts one interval against the truth; NaN is not counted.
    public void add(float lower, float upper, float truth) {
        if (Float.isNaN(truth)) {
            return;
        }
        double miss = Math.max(0, Math.max(lower - truth, truth - upper));
        counted++;
        inside += miss == 0 ? 1 : 0;
        width += upper - lower;
        winkler += upper - lower + 2 / (1 - level) * miss;
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

    /// What was counted so far.
    ///
    /// @param level    stated probability
    /// @param coverage share of truths inside
    /// @param width    mean width, unit of the target
    /// @param winkler  mean Winkler score, unit of the target
    public record Row(double level, double coverage, double width, double winkler) {}
}
