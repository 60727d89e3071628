/// Sound: its spectrum, and the words in it.
@NullMarked
package dev.headwater.forecasting.audio;

import org.jspecify.annotations.NullMarked;
