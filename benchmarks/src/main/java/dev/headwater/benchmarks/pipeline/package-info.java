/// The suites `pipeline`, `latency` and `scale` of `headwater bench`: the stream in a process of its own, broker,
/// producer and reader in this one, beside peers that do the same work in the same way.
@NullMarked
package dev.headwater.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
