package dev.headwater.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// One training with the settings of its network, reported by phase: wall-clock seconds, processor seconds
/// (twice as many when two cores are busy, fewer when other work takes them), and the peak memory.
///
/// | phase | from | to |
/// |---|---|---|
/// | read | start | the history is in memory |
/// | prepare | there | the first update: scaler, profiles, the order of the windows, the first batch |
/// | train | first update of the epoch | its last update |
/// | validate | there | the validation MAE of the epoch |
/// | judge | last epoch | the model: all of the validation and test parts, baselines too |
public final class TrainingCost implements TrainingListener {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long since = System.nanoTime();
    private long sinceCpu = SYSTEM.getProcessCpuTime();
    private boolean prepared;
    private int epoch;
    private long windows;

    private TrainingCost() {}

    /// @param args network, file, then settings of the trainer as NAME=VALUE
    /// @throws InvalidInputException when the file cannot be read or trained on, or a setting is wrong
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("must be given NETWORK FILE, found " + args.length + " words");
        }
        SensorNetwork network = NetworkFile.load(args[0]);
        TrainingSettings settings = TrainingSettings.DEFAULT.of(network).with(changes(args));
        System.out.printf(Locale.ROOT, "load %.1f, settings %s%n", SYSTEM.getSystemLoadAverage(), settings.asMap());
        new TrainingCost().run(network, Path.of(args[1]), settings);
    }

    private static Map<String, String> changes(String[] args) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String word : List.of(args).subList(2, args.length)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new InvalidInputException("training setting must be NAME=VALUE, found '" + word + "'");
            }
            changes.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return changes;
    }

    private void run(SensorNetwork network, Path file, TrainingSettings settings) throws IOException {
        Dataset dataset = DatasetReader.read(file, network);
        end(
                "read",
                dataset.series().sensors().size() + " sensors, "
                        + dataset.series().slots() + " slots");
        ProvenanceInput source = new ProvenanceInput(String.valueOf(file.getFileName()), dataset.fingerprint(), "");
        TrainingResult result = Trainer.train(dataset.series(), settings, source, this);
        end("judge", "");
        System.out.printf(
                Locale.ROOT,
                "all: %.1f s, %.0f windows/s trained, load %.1f, most memory %s%n",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
                result.windowsPerSecond(),
                SYSTEM.getSystemLoadAverage(),
                mostMemory());
    }

    @Override
    public void epochStarted(int number, int epochs, long count) {
        epoch = number;
        windows = count;
    }

    @Override
    public void batch(long done, double loss) {
        if (!prepared) {
            end("prepare", "");
            prepared = true;
        }
        if (done == windows) {
            end("train", "epoch " + epoch + ", " + windows + " windows");
        }
    }

    @Override
    public void epochEnded(int number, double validationMae, boolean best) {
        end("validate", "epoch " + epoch);
    }

    /// Prints the times of a phase, and begins the next one.
    private void end(String phase, String what) {
        long now = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        System.out.printf(
                Locale.ROOT,
                "%-9s %7.1f s %7.1f s cpu  %s%n",
                phase,
                (now - since) / 1e9,
                (cpu - sinceCpu) / 1e9,
                what);
        since = now;
        sinceCpu = cpu;
    }

    /// Resident set as Linux counts it: heap, what ND4J holds outside of it, and the JVM itself.
    private static String mostMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown: this system has no " + status;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D+", ""))
                    .map(kib -> Long.parseLong(kib) / 1024 + " MiB")
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
