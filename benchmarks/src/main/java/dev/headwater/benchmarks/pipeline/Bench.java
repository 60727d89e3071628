package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the suites of this package have in common: a folder, and settings for short trials.
///
/// @param folder of the benchmark, deleted in the end
record Bench(Path folder) implements AutoCloseable {

    /// Seconds of a measurement.
    private static final String SECONDS = "headwater.bench.seconds";
    /// The cases that are measured, by name, with commas; all when it is empty.
    private static final String CASES = "headwater.bench.cases";

    static Bench open() throws IOException {
        return new Bench(Files.createTempDirectory("headwater-bench"));
    }

    /// Seconds of a measurement.
    static int seconds(int usual) {
        return Integer.getInteger(SECONDS, usual);
    }

    /// Whether a case is measured.
    static boolean wants(String name) {
        String cases = System.getProperty(CASES, "");
        return cases.isEmpty() || List.of(cases.split(",", -1)).contains(name);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
