/// Readings on slots, and history as a matrix of them.
@NullMarked
package dev.headwater.forecasting.reading;

import org.jspecify.annotations.NullMarked;
