/// From raw windows to the packed rows that the model reads; one code for trainer and stream.
@NullMarked
package dev.headwater.forecasting.feature;

import org.jspecify.annotations.NullMarked;
