/// The dashboard's page and its server under load and over a long time: see `benchmarks/dashboard`.
///
/// The server is the launcher `headwater` in a process of its own; broker, producer and the clients
/// besides the browser are in this one.
@NullMarked
package dev.headwater.benchmarks.dashboard;

import org.jspecify.annotations.NullMarked;
