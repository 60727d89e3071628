/// Measured by hand, never as tests: see `benchmarks/run`.
@NullMarked
package dev.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
