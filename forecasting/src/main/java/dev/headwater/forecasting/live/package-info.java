/// Forecasts in one's own process: readings are pushed in, forecasts come back, without Kafka.
@NullMarked
package dev.headwater.forecasting.live;

import org.jspecify.annotations.NullMarked;
