package dev.headwater.benchmarks.training;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.turns.Figures;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Training of the network that is shipped for traffic, windows a second: what `headwater train` does from window to
/// updated parameters, encoding included, on a simulated city. Peers train on a batch that is encoded already.
///
/// All cores that the JVM may use are used, by PyTorch too; ND4J uses two.
public final class TrainingSuite implements BenchSuite {

    private static final String WINDOWS = "windows/s";
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final long SEED = 3;

    private final Times times;
    private final List<Integer> batches;

    /// @param sensors of the simulated city
    /// @param slots of its history
    /// @param warmUp seconds before the first turn
    /// @param turn seconds of a turn
    record Times(int sensors, int slots, double warmUp, double turn) {}

    public TrainingSuite() {
        this(new Times(64, 8 * 7 * 288, 4, 2), List.of(256, 1024, 4096));
    }

    /// For tests: shorter, on other batches.
    TrainingSuite(Times times, List<Integer> batches) {
        this.times = times;
        this.batches = batches;
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public String description() {
        return "updates of the network shipped for traffic, windows a second; a minute a batch";
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception {
        SensorNetwork network = ReferenceModel.NETWORK;
        progress.accept("simulating " + times.sensors + " sensors");
        Series series = new CitySimulator(network, times.sensors, SEED)
                .history(network.clock().slotOf(BEGIN_MILLIS), times.slots);
        for (int batch : batches) {
            progress.accept("training.batch" + batch);
            List<TrainingPeer> peers = new ArrayList<>();
            try {
                open(CheckBatch.of(batch), peers, progress);
                TrainerTurns turns = new TrainerTurns(peers, repeats, times.warmUp, times.turn);
                train(series, batch, turns);
                report(batch, peers, turns, rows);
            } finally {
                peers.forEach(TrainingPeer::close);
            }
        }
    }

    private static void open(CheckBatch check, List<TrainingPeer> into, Consumer<String> progress) throws IOException {
        TorchPeer torch = TorchPeer.open(check, Runtime.getRuntime().availableProcessors(), progress);
        if (torch != null) {
            into.add(torch);
        }
        into.add(new GemmPeer(check));
    }

    /// Trains until the turns are over, and hardly validates.
    private static void train(Series series, int batch, TrainingListener turns) {
        TrainingSettings settings = TrainingSettings.DEFAULT
                .of(series.network())
                .with(Map.of(
                        "batch", String.valueOf(batch),
                        "epochs", "10000",
                        "patience", "10000",
                        "windowsPerEpoch", "0",
                        "validationWindows", "1000"));
        try {
            Trainer.train(series, settings, new ProvenanceInput("simulated", "", ""), turns);
            throw new IllegalStateException("the training ended before its turns were over");
        } catch (TrainerTurns.Over over) {
            // as wanted
        }
    }

    private static void report(int batch, List<TrainingPeer> peers, TrainerTurns turns, Consumer<BenchRow> rows) {
        List<Figures> figures = turns.figures();
        for (int i = 0; i < peers.size(); i++) {
            TrainingPeer peer = peers.get(i);
            Map<String, Double> details = new LinkedHashMap<>();
            details.put("allocatedBytes", turns.allocatedBytes());
            details.put("peerGradientDifference", peer.gradientDifference());
            rows.accept(figures.getFirst()
                    .row("training.batch" + batch, WINDOWS, peer.name(), figures.get(i + 1), details));
        }
    }
}
