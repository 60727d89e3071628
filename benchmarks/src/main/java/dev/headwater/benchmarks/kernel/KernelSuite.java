package dev.headwater.benchmarks.kernel;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.turns.Allocation;
import dev.headwater.benchmarks.turns.Contest;
import dev.headwater.benchmarks.turns.Contest.Contestant;
import dev.headwater.benchmarks.turns.Figures;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Forecasts of the network that is shipped for traffic, windows a second, in batches of many sizes.
///
/// For each batch: our kernels, the same at batch 1024, the peers, and a loop of fused multiply-adds take turns.
/// `inference.batchN.perWindow` compares a batch with that of 1024 on one thread, where a loss is one of small or
/// ragged batches.
public final class KernelSuite implements BenchSuite {

    private static final int FULL = 1024;
    private static final String WINDOWS = "windows/s";
    private static final double GIGA = 1e9;

    private final Contest contest;
    private final List<KernelCase> cases;

    public KernelSuite() {
        this(new Contest(1, 0.03, 10), KernelCase.ALL);
    }

    /// For tests: other times, or fewer batches.
    KernelSuite(Contest contest, List<KernelCase> cases) {
        this.contest = contest;
        this.cases = cases;
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String description() {
        return "forecasts of the network shipped for traffic, windows a second; half a minute a batch";
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception {
        double[][] exact =
                new PlainGru(ReferenceModel.SHAPE, ReferenceModel.parameters()).forecasts(ReferenceModel.rows(FULL));
        try (FmaPeak peak = new FmaPeak();
                VectorGru full = new VectorGru(FULL, 1)) {
            progress.accept("peak by bits of a vector, GFLOP/s: "
                    + peak.byWidth().entrySet().stream()
                            .map(width -> width.getKey() + ": " + Math.round(width.getValue() / GIGA))
                            .collect(Collectors.joining(", ")));
            for (KernelCase one : cases) {
                progress.accept(one.name());
                new Round(one, exact, peak, full).run(repeats, rows);
            }
        }
    }

    /// All that takes turns for a batch: ours, ours at 1024, the peak, the peers.
    private final class Round {

        private final KernelCase one;
        private final double[][] exact; // [window][horizon]
        private final FmaPeak peak;
        private final VectorGru full;

        Round(KernelCase one, double[][] exact, FmaPeak peak, VectorGru full) {
            this.one = one;
            this.exact = exact;
            this.peak = peak;
            this.full = full;
        }

        void run(int repeats, Consumer<BenchRow> rows) throws Exception {
            List<Implementation> peers = one.peers();
            try (VectorGru ours = new VectorGru(one.batch(), one.threads())) {
                report(ours, peers, contest.measure(contestants(ours, peers), repeats), rows);
            } finally {
                peers.forEach(Implementation::close);
            }
        }

        private List<Contestant> contestants(VectorGru ours, List<Implementation> peers) {
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(new Contestant(ours::run, one.batch()));
            contestants.add(new Contestant(full::run, FULL));
            contestants.add(peak.on(one.threads()));
            peers.forEach(peer -> contestants.add(new Contestant(peer::run, one.batch())));
            return contestants;
        }

        private void report(
                VectorGru ours, List<Implementation> peers, List<Figures> figures, Consumer<BenchRow> rows) {
            Figures mine = figures.getFirst();
            Figures most = figures.get(2);
            Map<String, Double> details = new LinkedHashMap<>();
            details.put("allocatedBytes", Allocation.ofCall(ours::run));
            details.put("maxError", error(ours.forecasts()));
            details.put("peakShare", ReferenceModel.flop() * mine.over(most).median());
            details.put("peakGflops", most.median() / GIGA);
            for (int i = 0; i < peers.size(); i++) {
                Implementation peer = peers.get(i);
                Map<String, Double> all = new LinkedHashMap<>(details);
                float[] forecasts = peer.forecasts();
                if (forecasts.length > 0) {
                    all.put("peerMaxError", error(forecasts));
                }
                rows.accept(mine.row(one.name(), WINDOWS, peer.name(), figures.get(3 + i), all));
            }
            if (one.batch() < FULL && one.threads() == 1) {
                rows.accept(
                        mine.row(one.batchName() + ".perWindow", WINDOWS, "batch" + FULL, figures.get(1), Map.of()));
            }
        }

        /// Largest difference from the exact forecasts.
        private double error(float[] forecasts) {
            int horizon = ReferenceModel.SHAPE.horizon();
            double error = 0;
            for (int i = 0; i < forecasts.length; i++) {
                double difference = Math.abs(exact[i / horizon][i % horizon] - forecasts[i]);
                error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(error, difference);
            }
            return error;
        }
    }
}
