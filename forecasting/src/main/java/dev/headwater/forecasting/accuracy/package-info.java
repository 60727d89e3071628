/// Live accuracy: what the forecasts of a stream were off, by model and over rolling spans.
@NullMarked
package dev.headwater.forecasting.accuracy;

import org.jspecify.annotations.NullMarked;
