package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;

/// Fitted distances of the bounds from a forecast. A linear model of what is known at issue time
/// ([IntervalInput]) gives the logarithm of a scale for each step; the bounds are quantiles of the residuals
/// in scales, which depend on the scale again: they are interpolated between knots. So they are the
/// split-conformal quantiles (Lei et al., *Distribution-Free Predictive Inference for Regression*, 2018) of
/// residuals that were made comparable.
///
/// Immutable: the arrays must not be changed.
///
/// @param levels     levels of the intervals
/// @param unit       added to distances before their logarithm is taken, unit of the target; above 0
/// @param means      `[input]` means of the inputs, which stand for unknown ones
/// @param deviations `[input]` standard deviations of the inputs, above 0
/// @param weights    `[step][input, then 1]` of the logarithm of the scale
/// @param knots      `[step][knot]` logarithms of scales, ascending
/// @param quantiles  `[step][knot][level][lower, upper]` of residuals in scales; NaN for a level that was not
///                   fitted
/// @param fixed      `[step][level][lower, upper]` quantiles of the residuals themselves, unit of the target
public record IntervalTable(
        Levels levels,
        float unit,
        float[] means,
        float[] deviations,
        float[] weights,
        float[] knots,
        float[] quantiles,
        float[] fixed) {

    /// Number of inputs of the scale.
    public static final int INPUTS = IntervalInput.ALL.length;

    private static final float MOST = 4; // standard deviations of an input

    /// A table with the same bounds for all forecasts, for a model that has residual quantiles of one level
    /// alone. Levels other than that one have no bounds.
    public static IntervalTable of(ResidualBand band, Levels levels) {
        int horizon = band.lower().length;
        float[] offsets = new float[horizon * levels.bounds()];
        Arrays.fill(offsets, Float.NaN);
        int level = levels.indexOf(band.level());
        for (int step = 0; level >= 0 && step < horizon; step++) {
            int at = step * levels.bounds() + 2 * level;
            offsets[at] = band.lower()[step];
            offsets[at + 1] = band.upper()[step];
        }
        float[] ones = new float[INPUTS];
        Arrays.fill(ones, 1);
        float[] weights = new float[horizon * (INPUTS + 1)]; // so all scales are 1
        return new IntervalTable(levels, 1, new float[INPUTS], ones, weights, new float[horizon], offsets, offsets);
    }

    /// The fixed quantiles of one level: 80 % when it was fitted, else the narrowest.
    public ResidualBand band() {
        int level = Math.max(0, levels.indexOf(Levels.USUAL));
        float[] lower = new float[horizon()];
        float[] upper = new float[horizon()];
        for (int step = 0; step < lower.length; step++) {
            lower[step] = fixed[step * levels.bounds() + 2 * level];
            upper[step] = fixed[step * levels.bounds() + 2 * level + 1];
        }
        return new ResidualBand(levels.values().get(level), lower, upper);
    }

    /// Steps of a forecast.
    public int horizon() {
        return fixed.length / levels.bounds();
    }

    /// The same table for other levels: those that it was not fitted for have no bounds.
    public IntervalTable at(Levels other) {
        return other.equals(levels)
                ? this
                : new IntervalTable(
                        other, unit, means, deviations, weights, knots, picked(quantiles, other), picked(fixed, other));
    }

    private float[] picked(float[] from, Levels other) {
        int groups = from.length / levels.bounds();
        float[] to = new float[groups * other.bounds()];
        for (int i = 0; i < to.length; i++) {
            int bound = i % other.bounds();
            int level = levels.indexOf(other.values().get(bound / 2));
            to[i] = level < 0 ? Float.NaN : from[i / other.bounds() * levels.bounds() + 2 * level + bound % 2];
        }
        return to;
    }

    /// The distances for a forecast.
    ///
    /// @param batch  with the window that was forecast
    /// @param values the forecasts of the batch, `[window][horizon]`
    /// @param out    `[horizon][level][lower, upper]`, to be filled: distance from the value, NaN for no
    ///               bound
    public void offsets(WindowBatch batch, int window, float[] values, float[] out) {
        int horizon = horizon();
        for (int step = 0; step < horizon; step++) {
            out[step * levels.bounds()] = weights[step * (INPUTS + 1) + INPUTS];
        }
        for (int input = 0; input < INPUTS; input++) {
            addInput(input, batch, window, values, out);
        }
        for (int step = 0; step < horizon; step++) {
            scaled(step, out[step * levels.bounds()], out);
        }
    }

    /// Adds the part of one input to the logarithms of the scales, the first places of the steps. Until all are added
    /// the second ones are free: for the input of each step.
    private void addInput(int input, WindowBatch batch, int window, float[] values, float[] out) {
        IntervalInput kind = IntervalInput.ALL[input];
        int horizon = horizon();
        int bounds = levels.bounds();
        float mean = means[input];
        float deviation = deviations[input];
        if (kind.isOfWindow()) {
            float known = centred(standard(input, kind.ofWindow(batch, window), unit), mean, deviation);
            for (int step = 0; step < horizon; step++) {
                out[step * bounds] += weights[step * (INPUTS + 1) + input] * known;
            }
            return;
        }
        kind.ofSteps(batch, window, values, horizon, out, 1, bounds);
        for (int step = 0; step < horizon; step++) {
            float known = centred(standard(input, out[step * bounds + 1], unit), mean, deviation);
            out[step * bounds] += weights[step * (INPUTS + 1) + input] * known;
        }
    }

    /// An input as the model of the scale reads it, before it is centred.
    static float standard(int input, float value, float unit) {
        return IntervalInput.ALL[input].isDistance() ? FloatMath.log(value + unit) : value;
    }

    /// Unknown counts as the mean.
    static float centred(float value, float mean, float deviation) {
        return Float.isNaN(value) ? 0 : Math.clamp((value - mean) / deviation, -MOST, MOST);
    }

    /// Writes the bounds of a step for the logarithm of its scale.
    private void scaled(int step, float scale, float[] out) {
        int count = knots.length / horizon();
        int first = step * count;
        int right = 0;
        while (right < count && knots[first + right] < scale) {
            right++;
        }
        int high = Math.min(right, count - 1);
        int low = Math.max(0, right - 1);
        float gap = knots[first + high] - knots[first + low];
        float share = high == low || gap <= 0 ? 0 : (scale - knots[first + low]) / gap;
        float factor = FloatMath.exp(scale);
        for (int bound = 0; bound < levels.bounds(); bound++) {
            float from = quantiles[(first + low) * levels.bounds() + bound];
            float to = quantiles[(first + high) * levels.bounds() + bound];
            out[step * levels.bounds() + bound] = factor * (from + share * (to - from));
        }
    }
}
