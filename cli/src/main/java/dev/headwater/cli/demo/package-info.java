/// Everything at once: broker, city, training, stream and a table of live forecasts.
@NullMarked
package dev.headwater.cli.demo;

import org.jspecify.annotations.NullMarked;
