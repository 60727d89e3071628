/// The Kafka Streams app: keeps a window per sensor, and answers each new slot with a forecast.
@NullMarked
package dev.headwater.streams;

import org.jspecify.annotations.NullMarked;
