/// Forecasters without a trained network, as a reference for every model.
@NullMarked
package dev.headwater.forecasting.baseline;

import org.jspecify.annotations.NullMarked;
