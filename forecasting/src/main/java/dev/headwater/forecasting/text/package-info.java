/// Reads what people write, and words what is wrong with it.
@NullMarked
package dev.headwater.forecasting.text;

import org.jspecify.annotations.NullMarked;
