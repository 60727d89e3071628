package dev.headwater.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Metrics of the JVM and its process. Close it to stop listening to garbage collections.
public final class ProcessMetrics implements AutoCloseable {

    private static final String RESIDENT = "process.resident.memory";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT_LINE = "VmRSS:";

    private final JvmGcMetrics garbage = new JvmGcMetrics();

    private ProcessMetrics() {}

    /// Adds `process_*`, `jvm_*` and `system_*` to the registry.
    public static ProcessMetrics bind(MeterRegistry registry) {
        List<MeterBinder> binders = List.of(
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        if (Files.isReadable(STATUS)) {
            Gauge.builder(RESIDENT, ProcessMetrics::residentBytes)
                    .description("Memory of the process that is in RAM, outside the heap included")
                    .baseUnit("bytes")
                    .register(registry);
        }
        ProcessMetrics metrics = new ProcessMetrics();
        metrics.garbage.bindTo(registry);
        return metrics;
    }

    @Override
    public void close() {
        garbage.close();
    }

    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT_LINE))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
