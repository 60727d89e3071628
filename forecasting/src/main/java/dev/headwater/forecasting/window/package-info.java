/// The last slots of a sensor, and batches of such windows.
@NullMarked
package dev.headwater.forecasting.window;

import org.jspecify.annotations.NullMarked;
