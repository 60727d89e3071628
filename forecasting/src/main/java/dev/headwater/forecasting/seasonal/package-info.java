/// A sensor's usual and recent values by weekday and time of day, continually updated.
@NullMarked
package dev.headwater.forecasting.seasonal;

import org.jspecify.annotations.NullMarked;
