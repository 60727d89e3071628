/// What the stream remembers of its sensors, measured for two builds side by side: see `benchmarks/state`.
///
/// [dev.headwater.benchmarks.state.StreamHost] runs in a process of its own, with the classes of the measured
/// build; it may use only what both builds have. Broker, producer and reader are in the parent process.
@NullMarked
package dev.headwater.benchmarks.state;

import org.jspecify.annotations.NullMarked;
