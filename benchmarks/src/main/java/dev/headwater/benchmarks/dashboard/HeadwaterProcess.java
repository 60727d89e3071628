package dev.headwater.benchmarks.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command of the launcher `headwater`, which becomes the JVM: its process id is that of the JVM.
/// Linux only, as it reads `/proc`.
final class HeadwaterProcess implements AutoCloseable {

    private static final Pattern USED = Pattern.compile(" used (\\d+)K");
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+/");
    private static final double TICKS = 100; // of /proc/PID/stat a second
    private static final double MIB = 1024;
    private static final int COLLECTIONS = 3;
    private static final int CLOSE_WITHIN = 30; // seconds

    private final Process process;
    private final BufferedReader output;

    private HeadwaterProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static HeadwaterProcess start(Bench bench, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(bench.checkout().resolve("headwater").toString());
        command.addAll(List.of(arguments));
        return new HeadwaterProcess(new ProcessBuilder(command)
                .directory(bench.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Waits for a line with the page's address.
    String address() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group();
            }
        }
        throw new IllegalStateException("headwater ended; its reason is above");
    }

    /// Has what it prints from now on read and forgotten.
    void drain() {
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
    }

    /// Processor seconds so far.
    double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1); // from the third field on
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /// Resident memory now, in MiB.
    double resident() throws IOException {
        return status("VmRSS");
    }

    /// Most resident memory so far, in MiB.
    double mostResident() throws IOException {
        return status("VmHWM");
    }

    private double status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / MIB;
            }
        }
        throw new IllegalStateException("no " + field + " of process " + process.pid());
    }

    /// Heap in use after a full collection, in MiB: the least of several, as what comes in between
    /// counts too.
    double heap() throws IOException {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd("GC.run");
            least = Math.min(least, used());
        }
        return least;
    }

    private double used() throws IOException {
        double kib = 0;
        for (String line : jcmd("GC.heap_info")) {
            Matcher used = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                kib += Long.parseLong(used.group(1));
            }
        }
        return kib / MIB;
    }

    private List<String> jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader answer = jcmd.inputReader(StandardCharsets.UTF_8)) {
            return answer.lines().toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Duration.ofSeconds(CLOSE_WITHIN))) {
            process.destroyForcibly().waitFor(CLOSE_WITHIN, TimeUnit.SECONDS);
        }
    }
}
