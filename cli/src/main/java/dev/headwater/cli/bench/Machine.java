package dev.headwater.cli.bench;

import dev.headwater.cli.Revision;
import dev.headwater.kernels.KernelCheck;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What figures were measured on.
///
/// @param processor model of the processor
/// @param cores processors that the JVM may use
/// @param vectorBits width of the kernels' vectors
/// @param jvm name and version of the Java virtual machine
/// @param system operating system and architecture
/// @param load load average of the last minute before the measurements; negative where it is not known
/// @param revision of the code
public record Machine(
        String processor, int cores, int vectorBits, String jvm, String system, double load, String revision) {

    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown processor";

    /// This machine, now.
    public static Machine current() {
        return new Machine(
                modelOfProcessor(),
                Runtime.getRuntime().availableProcessors(),
                KernelCheck.run().lanes() * Float.SIZE,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Revision.current());
    }

    /// Whether other work takes so much of it that peers with threads of their own, as OpenMP's, are slowed down more
    /// than others.
    public boolean isBusy() {
        return load > cores / 2.0;
    }

    /// As Linux or Windows says it; Java has no question for it.
    private static String modelOfProcessor() {
        if (!Files.isReadable(LINUX)) {
            return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", UNKNOWN);
        }
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
