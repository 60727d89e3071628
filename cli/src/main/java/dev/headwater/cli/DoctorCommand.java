package dev.headwater.cli;

import dev.headwater.bus.BrokerAnswer;
import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.Printable;
import dev.headwater.kernels.KernelCheck;
import dev.headwater.trainer.Natives;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says whether this machine can run Headwater.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check what Headwater needs on this machine, and say what is missing.",
        footer = {"", "Examples:", "  headwater doctor --bootstrap localhost:9092", "  headwater doctor --strict"})
final class DoctorCommand implements Callable<Integer> {

    private static final int CONNECT_MILLIS = 1_000;
    private static final String ANSWER_MILLIS = "3000";
    private static final long MIN_DISK = 1L << 30;
    private static final long MIN_MEMORY = 1L << 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--strict", description = "Exit 1 also when something is missing that Headwater can do without.")
    private boolean strict;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    /// @param check  what was looked at
    /// @param found  what was found
    /// @param good   true when that will do
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
        findings.add(broker());
        if (json) {
            Output.json(spec, Map.of("findings", findings));
        } else {
            print(findings);
        }
        List<String> missing = findings.stream()
                .filter(finding -> !finding.good && (finding.needed || strict))
                .map(Finding::check)
                .toList();
        if (!missing.isEmpty()) {
            spec.commandLine().getErr().println("headwater: missing: " + String.join(", ", missing));
        }
        return missing.isEmpty() ? 0 : 1;
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : findings) {
            String mark = finding.good ? "ok  " : finding.needed ? "FAIL" : "none";
            out.printf(Locale.ROOT, "%s  %-14s %s%n", mark, finding.check, finding.found);
        }
        out.flush();
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /// Runs a small network, so that a JVM without the vector module, or one that computes wrongly, is found out here.
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

    private Finding broker() {
        String servers = kafka.client().bootstrapServers();
        if (Arrays.stream(servers.split(",", -1)).noneMatch(DoctorCommand::listens)) {
            return missingBroker("nothing listens at " + servers + "; `headwater broker` starts one");
        }
        try (Admin admin = impatient().openAdmin("headwater-doctor")) {
            int nodes = BrokerAnswer.of(admin.describeCluster().nodes()).size();
            return new Finding("Kafka", "answers at " + servers + ", brokers: " + nodes, true, false);
        } catch (TimeoutException e) {
            return missingBroker("something listens at " + servers + ", but answers no Kafka request");
        } catch (KafkaException e) {
            return missingBroker("answers at " + servers + ", but refuses: "
                    + Printable.shortened(String.valueOf(e.getMessage()), 80));
        }
    }

    private static Finding missingBroker(String found) {
        return new Finding("Kafka", found, false, false);
    }

    /// The same client, but a check is not worth ten seconds.
    private ClientConfig impatient() {
        ClientConfig client = kafka.client();
        Map<String, String> overrides = new HashMap<>(client.overrides());
        overrides.put("admin.default.api.timeout.ms", ANSWER_MILLIS);
        overrides.put("admin.request.timeout.ms", ANSWER_MILLIS);
        return new ClientConfig(client.bootstrapServers(), overrides);
    }

    private static boolean listens(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            InetAddress host = InetAddress.getByName(server.substring(0, colon).strip());
            int port = Integer.parseInt(server.substring(colon + 1).strip());
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
