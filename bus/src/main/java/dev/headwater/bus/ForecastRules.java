package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.SensorNetwork;

/// What both forms of a forecast know of its network, and the rules that they share.
///
/// @param intervalMillis time from step to step
/// @param horizon        steps
/// @param gap            when a forecaster abstains
record ForecastRules(long intervalMillis, int horizon, GapPolicy gap) {

    static ForecastRules of(SensorNetwork network) {
        return new ForecastRules(
                network.window().lead(1) * network.interval().toMillis(),
                network.window().horizon(),
                network.gap());
    }

    /// Whether a forecaster abstains for want of readings.
    boolean isTooFew(Forecast forecast) {
        return gap.abstains(forecast.observed(), forecast.lookback());
    }

    /// @throws IllegalArgumentException when a forecast has values but not one per step, or bounds of another
    ///                                  length
    void requireWritable(Forecast forecast) {
        int values = forecast.values().length;
        boolean fits = values == 0 || values == horizon;
        for (Forecast.Interval bounds : forecast.intervals()) {
            fits &= bounds.lower().length == values && bounds.upper().length == values;
        }
        if (!fits) {
            throw new IllegalArgumentException("a forecast and its bounds have " + horizon
                    + " values each, or none, found " + values + " for " + forecast.sensor());
        }
    }

    /// @return the number of values
    int requireSteps(int values) {
        if (values != 0 && values != horizon) {
            throw new BadForecastException("values: must be none or " + horizon + ", found " + values);
        }
        return values;
    }

    static void requireObserved(int observed, int lookback) {
        if (observed > lookback) {
            throw new BadForecastException("observed: must be at most lookback " + lookback + ", found " + observed);
        }
    }

    /// Whether it is a probability that an interval may have.
    static boolean isLevel(double level) {
        return level > 0 && level < 1;
    }
}
