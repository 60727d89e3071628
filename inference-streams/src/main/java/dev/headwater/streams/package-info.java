/// The Kafka Streams application that turns readings into forecasts.
@NullMarked
package dev.headwater.streams;

import org.jspecify.annotations.NullMarked;
