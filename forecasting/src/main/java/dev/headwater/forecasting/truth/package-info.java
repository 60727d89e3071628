/// What becomes known after a forecast was issued: pending forecasts, their truths, and what the intervals
/// learn from them.
@NullMarked
package dev.headwater.forecasting.truth;

import org.jspecify.annotations.NullMarked;
