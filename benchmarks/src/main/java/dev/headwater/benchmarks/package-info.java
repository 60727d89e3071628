/// Benchmarks that are run by hand, never as tests: see `headwater bench`, `benchmarks/run` and `benchmarks/scale`.
@NullMarked
package dev.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
