package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.benchmarks.stream.Steady;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Forecasts a second of a case at full speed, and what they cost. All forecasts must be there, each once; those of a
/// few sensors must be the ones made offline.
final class RateRun {

    private static final int MOST_VALUES = 5_000;

    private final StreamCase one;
    private final int seconds;
    private final Path folder;

    /// @param seconds that are measured
    /// @param folder  of the benchmark
    private RateRun(StreamCase one, int seconds, Path folder) {
        this.one = one;
        this.seconds = seconds;
        this.folder = folder;
    }

    /// Measures cases in turns.
    ///
    /// @param cases by name, in the order of a turn; those that are not [wanted][Bench#wants] are left out
    static Turns turns(Map<String, StreamCase> cases, int seconds, int repeats, Consumer<String> progress)
            throws IOException, InterruptedException, ExecutionException {
        Turns turns = new Turns("forecasts/s");
        try (Bench bench = Bench.open()) {
            for (int turn = 1; turn <= repeats; turn++) {
                for (Map.Entry<String, StreamCase> one : cases.entrySet()) {
                    if (Bench.wants(one.getKey())) {
                        progress.accept("turn " + turn + " of " + repeats + ": " + one.getKey());
                        turns.add(one.getKey(), new RateRun(one.getValue(), seconds, bench.folder()).measure());
                    }
                }
            }
        }
        return turns;
    }

    /// @throws IllegalStateException when a forecast is missing, doubled or not the offline one
    private Measured measure() throws IOException, InterruptedException, ExecutionException {
        return switch (one.engine()) {
            case PLAIN_LOOP -> plain();
            case KERNELS, ONNX_RUNTIME -> stream();
        };
    }

    private Measured plain() throws IOException, InterruptedException, ExecutionException {
        try (Rig rig = Rig.open(one, folder, Answers.IGNORED)) {
            Steady steady = Steady.of(rig.flow(), rig.host(), one.sensors(), 0, seconds);
            return new Measured(steady.rate(), details(steady));
        }
    }

    /// Also leaves some of the forecasts for the plain loop.
    private Measured stream() throws IOException, InterruptedException, ExecutionException {
        SensorNetwork network = one.network();
        Samples samples = new Samples(network, one.sensors());
        Steady steady;
        try (Rig rig = Rig.open(one, folder, samples)) {
            int next = rig.fill();
            steady = Steady.of(rig.flow(), rig.host(), one.sensors(), next, seconds);
        }
        Map<String, Double> details = details(steady);
        details.put("maxError", samples.requireAsOffline());
        details.put("compared", (double) samples.count());
        ValueFile.write(folder, samples.values().stream().limit(MOST_VALUES).toList());
        return new Measured(steady.rate(), details);
    }

    private static Map<String, Double> details(Steady steady) {
        Map<String, Double> details = new TreeMap<>();
        details.put("streamMicros", steady.streamMicros());
        details.put("processMicros", steady.processMicros());
        details.put("driverMicros", steady.driverMicros());
        details.put("cores", steady.cores());
        details.put("allocatedBytes", steady.allocatedBytes());
        details.put("forecastBytes", steady.forecastBytes());
        return details;
    }
}
