package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.Forecast;
import java.util.Arrays;

/// Quantiles of `truth - forecast` per step on the validation part: split-conformal intervals (Lei et al.,
/// *Distribution-Free Predictive Inference for Regression*, 2018).
///
/// @param level probability between the two quantiles
/// @param lower `[horizon]` lower quantile of the residual, unit of the target
/// @param upper `[horizon]` upper quantile of the residual, unit of the target
public record ResidualBand(double level, float[] lower, float[] upper) {

    /// Fits the band.
    ///
    /// @param residuals `[horizon][n]`, `truth - forecast`; sorted in place; at least one per step
    public static ResidualBand fit(double level, float[][] residuals) {
        float[] lower = new float[residuals.length];
        float[] upper = new float[residuals.length];
        for (int step = 0; step < residuals.length; step++) {
            Arrays.sort(residuals[step]);
            lower[step] = quantile(residuals[step], 0, residuals[step].length, (1 - level) / 2);
            upper[step] = quantile(residuals[step], 0, residuals[step].length, (1 + level) / 2);
        }
        return new ResidualBand(level, lower, upper);
    }

    /// The quantile of a range of sorted values, as split-conformal prediction ranks it.
    static float quantile(float[] sorted, int from, int to, double share) {
        int rank = (int) Math.round(share * (to - from + 1)) - 1;
        return sorted[Math.clamp(from + rank, from, to - 1)];
    }

    /// The interval around a forecast.
    ///
    /// @param forecast `[horizon]`
    public Forecast.Interval around(float[] forecast) {
        float[] low = new float[forecast.length];
        float[] high = new float[forecast.length];
        for (int step = 0; step < forecast.length; step++) {
            low[step] = forecast[step] + lower[step];
            high[step] = forecast[step] + upper[step];
        }
        return new Forecast.Interval(level, low, high);
    }
}
