/// Intervals around forecasts, and how well they hold.
@NullMarked
package dev.headwater.forecasting.interval;

import org.jspecify.annotations.NullMarked;
