package dev.headwater.cli;

import dev.headwater.bus.BrokerCheck;
import dev.headwater.cli.Diagnosis.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--strict", description = "Exit 1 also when something optional is missing.")
    private boolean strict;

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() {
        Diagnosis diagnosis = Diagnosis.of(BrokerCheck.of(kafka.client()));
        answer.print(diagnosis, out -> print(out, diagnosis.findings()));
        List<String> missing = diagnosis.findings().stream()
                .filter(finding -> !finding.good() && (finding.needed() || strict))
                .map(Finding::check)
                .toList();
        if (!missing.isEmpty()) {
            answer.tell("missing: " + String.join(", ", missing));
        }
        return missing.isEmpty() ? 0 : 1;
    }

    private static void print(PrintWriter out, List<Finding> findings) {
        for (Finding finding : findings) {
            String mark = finding.good() ? "ok  " : finding.needed() ? "FAIL" : "none";
            out.printf(Locale.ROOT, "%s  %-14s %s%n", mark, finding.check(), finding.found());
        }
    }
}
