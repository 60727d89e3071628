/// Reads files that people write, and words their faults.
@NullMarked
package dev.headwater.forecasting.text;

import org.jspecify.annotations.NullMarked;
