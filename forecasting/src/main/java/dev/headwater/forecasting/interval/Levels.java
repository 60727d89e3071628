package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.InvalidInputException;
import java.util.List;

/// Levels of prediction intervals: the probabilities that a truth lies inside.
///
/// @param values ascending, so the narrowest interval comes first; each between 0 and 1
public record Levels(List<Double> values) {

    static final double USUAL = 0.8; // the only level of models before 0.2

    public static final Levels DEFAULT = new Levels(List.of(USUAL, 0.95));

    private static final int MOST = 8;

    public Levels {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > MOST) {
            throw new InvalidInputException("intervals.levels: must be 1 to " + MOST + " levels, found " + values);
        }
        double before = 0;
        for (double level : values) {
            if (!(level > before && level < 1)) {
                throw new InvalidInputException("intervals.levels: must be ascending between 0 and 1, found " + values);
            }
            before = level;
        }
    }

    public int count() {
        return values.size();
    }

    /// Number of bounds: two a level.
    public int bounds() {
        return 2 * values.size();
    }

    /// Share of truths that may lie beyond a bound.
    ///
    /// @param bound `2 * level` for the lower one, `2 * level + 1` for the upper one
    public double beyond(int bound) {
        return (1 - values.get(bound / 2)) / 2;
    }

    /// Index of a level; -1 when it is not among these.
    public int indexOf(double level) {
        return values.indexOf(level);
    }
}
