package dev.headwater.benchmarks.dashboard;

import java.nio.file.Path;

/// Where things are.
///
/// @param checkout with the launcher `headwater`
/// @param browser  a Chromium
/// @param folder   for temporary files
record Bench(Path checkout, Path browser, Path folder) {}
