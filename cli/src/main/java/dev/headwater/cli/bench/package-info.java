/// What `headwater bench` measures: its suites come from `benchmarks/`, found as services, since their peers are not
/// shipped.
@org.jspecify.annotations.NullMarked
package dev.headwater.cli.bench;
