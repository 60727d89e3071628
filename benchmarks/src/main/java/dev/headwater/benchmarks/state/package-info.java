/// What the stream remembers of its sensors, measured for two builds side by side: see `benchmarks/state`.
///
/// [dev.headwater.benchmarks.state.StreamHost] runs in a process of its own, with the classes of the measured
/// build; it may use only what both builds have.
@NullMarked
package dev.headwater.benchmarks.state;

import org.jspecify.annotations.NullMarked;
