package dev.headwater.benchmarks.pipeline;

import java.util.Map;

/// A figure of one turn.
///
/// @param details other figures of the same run, by name
record Measured(double value, Map<String, Double> details) {}
