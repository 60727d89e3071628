package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.PacedRounds;
import dev.headwater.benchmarks.stream.PacedRounds.Spread;
import dev.headwater.benchmarks.stream.ReadingFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Latencies of a case at a reading a second and sensor. All forecasts must be there, each once; those of a few sensors
/// must be the ones made offline.
final class LatencyRun {

    private static final int WARM_UP_READINGS = 300_000; // by then the code is compiled
    private static final int WARM_UP_SECONDS = 5; // at the pace that is measured
    private static final long AHEAD = 100_000_000; // ns until the first reading is due

    private final StreamCase one;
    private final int seconds;
    private final Path folder;
    private final Latencies latencies = new Latencies();
    private final Samples samples;

    /// @param seconds that are measured
    /// @param folder  of the benchmark
    LatencyRun(StreamCase one, int seconds, Path folder) {
        this.one = one;
        this.seconds = seconds;
        this.folder = folder;
        this.samples = new Samples(one.network(), one.sensors());
    }

    /// Milliseconds, by how the readings of a second are spread.
    ///
    /// @throws IllegalStateException when a forecast is missing, doubled or not the offline one
    Map<Spread, Measured> measure(List<Spread> spreads) throws IOException, InterruptedException {
        Map<Spread, Measured> measured = new EnumMap<>(Spread.class);
        try (Rig rig = Rig.open(one, folder, latencies.and(samples))) {
            int next = rig.fill();
            int warm = next + Math.ceilDiv(WARM_UP_READINGS, one.sensors());
            rig.flow().send(0, one.sensors(), next, warm);
            rig.flow().awaitForecasts();
            for (Spread spread : spreads) {
                measured.put(spread, measure(rig.flow(), warm, spread));
                warm += WARM_UP_SECONDS + seconds;
            }
        }
        samples.requireAsOffline();
        return measured;
    }

    private Measured measure(ReadingFlow flow, int from, Spread spread) {
        int counted = from + WARM_UP_SECONDS;
        PacedRounds all = new PacedRounds(one.sensors(), from, counted + seconds, spread, System.nanoTime() + AHEAD);
        latencies.count(new PacedRounds(one.sensors(), counted, all.toSlot(), spread, all.due(0, counted)));
        flow.sendPaced(all);
        flow.awaitForecasts();
        return latencies.measured();
    }
}
