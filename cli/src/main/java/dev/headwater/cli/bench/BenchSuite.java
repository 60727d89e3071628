package dev.headwater.cli.bench;

import java.util.function.Consumer;

/// Measurements that belong together, beside their peers. Implementations are services of this interface.
public interface BenchSuite {

    /// As on the command line: `kernel`, `training`, `pipeline`, `latency` or `scale`.
    String name();

    /// What it measures, one line.
    String description();

    /// Runs all measurements. A peer and what it is compared with take turns, so that other work on the machine
    /// affects both alike.
    ///
    /// @param repeats number of turns; 5 gives a median with a spread
    /// @param rows takes each row as soon as it is measured
    /// @param progress takes what is being measured now, one line
    void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception;
}
