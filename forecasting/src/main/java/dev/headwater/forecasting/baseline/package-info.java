/// Forecasters without a trained network: the figures that any model has to beat.
@NullMarked
package dev.headwater.forecasting.baseline;

import org.jspecify.annotations.NullMarked;
