/// The definition of one stream of sensors: interval, zone, measures, window; read from YAML.
@NullMarked
package dev.headwater.forecasting.network;

import org.jspecify.annotations.NullMarked;
