/// The domain and the mathematics of Headwater: what a network of sensors is, how readings become windows, how windows
/// become forecasts, and how forecasts are judged. Knows no Kafka, no DL4J and no HTTP.
@NullMarked
package dev.headwater.forecasting;

import org.jspecify.annotations.NullMarked;
