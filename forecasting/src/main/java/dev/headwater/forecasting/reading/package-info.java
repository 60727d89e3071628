/// Readings by slot, and a history as a matrix of readings.
@NullMarked
package dev.headwater.forecasting.reading;

import org.jspecify.annotations.NullMarked;
