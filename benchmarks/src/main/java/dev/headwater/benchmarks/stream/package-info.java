/// A stream under load, for the benchmarks: it runs in a process of its own that obeys this one, which has broker,
/// producer and reader.
///
/// [dev.headwater.benchmarks.stream.HostedStream] and what it uses may be run with the classes of an older
/// checkout, so they use only what all builds have.
@NullMarked
package dev.headwater.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
