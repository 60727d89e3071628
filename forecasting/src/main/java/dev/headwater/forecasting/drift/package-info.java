/// Drift: lasting changes of what sensors report, or of the error of their forecasts.
@NullMarked
package dev.headwater.forecasting.drift;

import org.jspecify.annotations.NullMarked;
