package dev.headwater.benchmarks.state;

import com.sun.management.OperatingSystemMXBean;
import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Compares what the streams of two builds remember, by runs that alternate between them, so that other load on
/// the machine affects both. Prints a table in Markdown; what it is doing goes to standard error.
public final class StateBenchmark {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private static final Path FOLDER = Path.of("benchmarks/target/state");

    private final Build older;
    private final Build newer;
    private final Options options;
    private final Path folder;
    private final FigureTable table = new FigureTable();

    private StateBenchmark(Build older, Build newer, Options options, Path folder) {
        this.older = older;
        this.newer = newer;
        this.options = options;
        this.folder = folder;
    }

    /// @param args older checkout, newer checkout, then [Options]
    /// @throws InvalidInputException when a checkout is not built, or an option is wrong
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        if (args.length < 2) {
            throw new InvalidInputException("must be given two checkouts, found " + args.length + " words");
        }
        Options options = Options.of(List.of(args).subList(2, args.length));
        Path newer = Path.of(args[1]);
        new StateBenchmark(Build.of(Path.of(args[0])), Build.of(newer), options, newer.resolve(FOLDER)).run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        for (int repeat = 0; repeat < options.mostRepeats(); repeat++) {
            for (StateCase one : options.cases()) {
                if (repeat < options.repeats(one)) {
                    table.addOlder(one, measured("older", older, one));
                    table.addNewer(one, measured("newer", newer, one));
                }
            }
        }
        System.out.println(machine());
        System.out.println(stream());
        System.out.println();
        System.out.print(table.markdown(older.revision(), newer.revision()));
    }

    private Map<Figure, Double> measured(String name, Build build, StateCase one)
            throws IOException, InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        Map<Figure, Double> figures = StateRun.of(build, one, options.seconds(), folder);
        System.err.printf(
                Locale.ROOT,
                "%s %s: %,d sensors, %s: %.0f s, load %.1f, %s%n",
                name,
                build.revision(),
                one.sensors(),
                one.state(),
                (System.nanoTime() - begun) / 1e9,
                SYSTEM.getSystemLoadAverage(),
                figures);
        return figures;
    }

    private static String machine() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %d GiB; %s %s; load %.1f.",
                processor(),
                SYSTEM.getAvailableProcessors(),
                Math.round((double) SYSTEM.getTotalMemorySize() / (1 << 30)),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                SYSTEM.getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return SYSTEM.getArch();
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(SYSTEM.getArch());
        }
    }

    private String stream() {
        return String.format(
                Locale.ROOT,
                "Exactly once, %d partitions, %d stream threads in a process of their own; broker, producer (binary"
                        + " values) and reader in another on the same cores; %d s a measurement; medians (lowest to"
                        + " highest).",
                HostedStream.PARTITIONS,
                StreamHost.THREADS,
                options.seconds());
    }
}
