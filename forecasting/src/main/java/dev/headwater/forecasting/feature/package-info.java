/// From raw windows to the packed rows that the model reads; trainer and stream share the code.
@NullMarked
package dev.headwater.forecasting.feature;

import org.jspecify.annotations.NullMarked;
