/// What a sensor has looked like lately at each hour of each weekday, kept up to date for ever.
@NullMarked
package dev.headwater.forecasting.seasonal;

import org.jspecify.annotations.NullMarked;
