/// Questions about the sensors of a running stream, and what is answered.
@NullMarked
package dev.headwater.streams.sensors;

import org.jspecify.annotations.NullMarked;
