/// Measures contestants in alternating turns, and makes rows of the report of the figures.
@org.jspecify.annotations.NullMarked
package dev.headwater.benchmarks.turns;
