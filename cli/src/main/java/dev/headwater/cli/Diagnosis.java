package dev.headwater.cli;

import dev.headwater.bus.BrokerCheck;
import dev.headwater.kernels.KernelCheck;
import dev.headwater.trainer.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Whether this machine has what Headwater needs: what `doctor --json` prints.
///
/// @param findings in the order in which they were checked
record Diagnosis(List<Finding> findings) {

    private static final int OLDEST_JAVA = 25;
    private static final long MIN_DISK = 1L << 30;
    private static final long MIN_MEMORY = 1L << 30;

    /// @param check  what was checked
    /// @param found  what was found
    /// @param good   true when Headwater can run with it
    /// @param needed false when Headwater runs without it too
    record Finding(String check, String found, boolean good, boolean needed) {}

    /// Checks the machine.
    ///
    /// @param broker the answer of the broker
    static Diagnosis of(BrokerCheck broker) {
        return new Diagnosis(List.of(
                java(),
                heap(),
                kernel(),
                natives(),
                disk(),
                new Finding("Kafka", broker.found(), broker.answers(), false)));
    }

    private static Finding java() {
        return new Finding(
                "Java", Runtime.version().toString(), Runtime.version().feature() >= OLDEST_JAVA, true);
    }

    private static Finding heap() {
        long memory = Runtime.getRuntime().maxMemory();
        return new Finding("heap", mebibytes(memory), memory >= MIN_MEMORY, true);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /// Runs a small network, to detect a JVM without the vector module or with wrong results.
    private static Finding kernel() {
        try {
            KernelCheck check = KernelCheck.run();
            String found = String.format(
                    Locale.ROOT,
                    "%d lanes of 32 bits; forecasts differ by %.1e from a plain computation",
                    check.lanes(),
                    check.error());
            return new Finding("vector kernel", found, check.agrees(), true);
        } catch (LinkageError e) {
            return new Finding("vector kernel", "start with --add-modules jdk.incubator.vector: " + e, false, true);
        }
    }

    private static Finding natives() {
        try {
            return new Finding("ND4J", Natives.check(), true, true);
        } catch (LinkageError | RuntimeException e) {
            return new Finding("ND4J", "natives of this platform do not load: " + e.getMessage(), false, true);
        }
    }

    private static Finding disk() {
        try {
            long free = Files.getFileStore(Path.of(".")).getUsableSpace();
            return new Finding("disk", mebibytes(free) + " free", free >= MIN_DISK, true);
        } catch (IOException e) {
            return new Finding("disk", "cannot be asked: " + e.getMessage(), false, true);
        }
    }
}
