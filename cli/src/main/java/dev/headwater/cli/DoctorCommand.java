package dev.headwater.cli;

import dev.headwater.forecasting.gru.Seq2SeqGru;
import dev.headwater.forecasting.gru.Seq2SeqShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;
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
        footer = {"", "Example:", "  headwater doctor --bootstrap localhost:9092"})
final class DoctorCommand implements java.util.concurrent.Callable<Integer> {

    private static final int CONNECT_MILLIS = 1_000;
    private static final long LEAST_DISK = 1L << 30;
    private static final long LEAST_MEMORY = 1L << 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

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
        findings.add(new Finding("heap", mebibytes(memory), memory >= LEAST_MEMORY, true));
        findings.add(kernel());
        findings.add(natives());
        findings.add(disk());
        findings.add(broker());
        if (json) {
            Output.json(spec, Map.of("findings", findings));
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(finding -> finding.needed && !finding.good) ? 1 : 0;
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

    /// Runs a small network, so that a JVM without the vector module is found out here.
    private static Finding kernel() {
        try {
            Seq2SeqShape shape = new Seq2SeqShape(2, 1, 1, 1, 4, List.of());
            float[] out = new float[1];
            new Seq2SeqGru(shape, shape.initialise(1)).forward(new float[shape.rowLength()], 0, 1, out, 0);
            return new Finding("vector kernel", "forecast " + out[0], Float.isFinite(out[0]), true);
        } catch (LinkageError e) {
            return new Finding("vector kernel", "start with --add-modules jdk.incubator.vector: " + e, false, true);
        }
    }

    private static Finding natives() {
        try {
            String backend = Nd4j.getBackend().getClass().getSimpleName();
            return new Finding("ND4J", backend + ", sum of ones " + Nd4j.ones(3).sumNumber(), true, true);
        } catch (LinkageError | RuntimeException e) {
            return new Finding("ND4J", "natives of this platform do not load: " + e.getMessage(), false, true);
        }
    }

    private static Finding disk() {
        try {
            long free = Files.getFileStore(Path.of(".")).getUsableSpace();
            return new Finding("disk", mebibytes(free) + " free", free >= LEAST_DISK, true);
        } catch (IOException e) {
            return new Finding("disk", "cannot be asked: " + e.getMessage(), false, true);
        }
    }

    private Finding broker() {
        String servers = kafka.client().bootstrapServers();
        String first = servers.split(",", -1)[0];
        int colon = first.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            InetAddress host = InetAddress.getByName(first.substring(0, colon));
            socket.connect(new InetSocketAddress(host, Integer.parseInt(first.substring(colon + 1))), CONNECT_MILLIS);
            return new Finding("Kafka", "something listens at " + first, true, false);
        } catch (IOException e) {
            return new Finding(
                    "Kafka", "nothing listens at " + first + "; `headwater broker` starts one", false, false);
        }
    }
}
