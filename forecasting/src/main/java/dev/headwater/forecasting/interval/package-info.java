/// Prediction intervals and their scores.
@NullMarked
package dev.headwater.forecasting.interval;

import org.jspecify.annotations.NullMarked;
