package dev.headwater.cli;

import dev.headwater.bus.BrokerCheck;
import dev.headwater.kernels.KernelCheck;
import dev.headwater.trainer.Natives;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says whether this machine can run Headwater.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check what Headwater needs on this machine, and say what is missing.",
        footer = {"", "Examples:", "  headwater doctor --bootstrap localhost:9092", "  headwater doctor --strict"})
final class DoctorCommand implements Callable<Integer> {

    private static final long MIN_DISK = 1L << 30;
    private static final long MIN_MEMORY = 1L << 30;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--strict", description = "Exit 1 also when something optional is missing.")
    private boolean strict;

    @Mixin
    private Answer answer = new Answer();

    /// @param check  what was checked
    /// @param found  what was found
    /// @param good   true when Headwater can run with it
    /// @param needed false when Headwater runs without it too
    record Finding(String check, String found, boolean good, boolean needed) {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "Java", Runtime.version().toString(), Runtime.version().feature() >= 25, true));
        long memory = Runtime.getRuntime().maxMemory();
        findings.add(new Finding("heap", mebibytes(memory), memory >= MIN_MEMORY, true));
        findings.add(kernel());
        findings.add(natives());
        findings.add(disk());
        BrokerCheck broker = BrokerCheck.of(kafka.client());
        findings.add(new Finding("Kafka", broker.found(), broker.answers(), false));
        answer.print(Map.of("findings", findings), out -> print(out, findings));
        List<String> missing = findings.stream()
                .filter(finding -> !finding.good && (finding.needed || strict))
                .map(Finding::check)
                .toList();
        if (!missing.isEmpty()) {
            answer.tell("missing: " + String.join(", ", missing));
        }
        return missing.isEmpty() ? 0 : 1;
    }

    private static void print(PrintWriter out, List<Finding> findings) {
        for (Finding finding : findings) {
            String mark = finding.good ? "ok  " : finding.needed ? "FAIL" : "none";
            out.printf(Locale.ROOT, "%s  %-14s %s%n", mark, finding.check, finding.found);
        }
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
