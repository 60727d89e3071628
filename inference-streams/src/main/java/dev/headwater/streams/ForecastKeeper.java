package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.List;

/// What becomes of forecasts after they were made: they get intervals, and may be kept until their truths
/// come. Called for one forecast after the other, those of a sensor in the order of their slots: first
/// [#settle], then [#keep] or [#abstain].
interface ForecastKeeper {

    /// Compares earlier forecasts of a window's sensor with the truths until its newest slot, as far as they are known
    /// by now.
    void settle(WindowBatch windows, int window);

    /// Keeps a forecast of the sensor that was settled last.
    ///
    /// @param windows with the window that was forecast
    /// @param values  `[window][horizon]`
    /// @param offsets `[horizon][level][lower, upper]` fitted distances from the values, NaN for none; may
    ///                be changed
    /// @return its intervals, the narrowest first; they may not be finite
    List<Forecast.Interval> keep(ServedModel model, WindowBatch windows, int window, float[] values, float[] offsets);

    /// Keeps a forecast of the challenger, of the sensor that was settled last. It is compared with the truth,
    /// and not issued.
    ///
    /// @param offsets as those of [#keep]
    void shadow(ServedModel challenger, WindowBatch windows, int window, float[] values, float[] offsets);

    /// Drops what is kept of a challenger for the sensor that was settled last: there is none any more.
    void endShadow();

    /// Notes that there is no forecast at a slot of the sensor that was settled last, also after [#keep].
    void abstain(long slot);
}
