/// The suite `kernel`: forecasts of the network beside other ways to compute them, and what share of a core's peak
/// they reach.
@org.jspecify.annotations.NullMarked
package dev.headwater.benchmarks.kernel;
