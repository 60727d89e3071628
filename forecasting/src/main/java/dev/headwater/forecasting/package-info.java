/// The domain and the mathematics of Headwater: the definition of sensor networks, readings, windows, forecasts
/// and their evaluation. Independent of Kafka, DL4J and HTTP.
@NullMarked
package dev.headwater.forecasting;

import org.jspecify.annotations.NullMarked;
