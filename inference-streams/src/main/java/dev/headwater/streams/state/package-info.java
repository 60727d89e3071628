/// What the stream remembers of its sensors: one copy, in bytes, that the windows and seasonal states read and
/// change in place, and the store that keeps it over a crash.
@NullMarked
package dev.headwater.streams.state;

import org.jspecify.annotations.NullMarked;
