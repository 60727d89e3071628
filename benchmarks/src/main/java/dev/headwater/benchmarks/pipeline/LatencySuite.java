package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.PacedRounds.Spread;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.streams.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// From when a reading is due until its forecast is read, with the product's batch delay and commit intervals.
public final class LatencySuite implements BenchSuite {

    private static final int FEW = 325; // PEMS-BAY
    private static final int MANY = 10_000;
    private static final int SECONDS = 25;

    /// @param spreads which are measured one after the other
    private record Load(int sensors, Guarantee guarantee, List<Spread> spreads) {

        String name(Spread spread) {
            String kind = switch (spread) {
                case EVEN -> "readings";
                case AT_ONCE -> "tick";
            };
            return kind + sensors + "." + guarantee.word();
        }

        boolean isWanted() {
            return spreads.stream().anyMatch(spread -> Bench.wants(name(spread)));
        }
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "from when a reading is due until its forecast is read: 99th percentile";
    }

    private static List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (Guarantee guarantee : Guarantee.values()) {
            loads.add(new Load(FEW, guarantee, List.of(Spread.EVEN, Spread.AT_ONCE)));
            loads.add(new Load(MANY, guarantee, List.of(Spread.AT_ONCE)));
        }
        return loads.stream().filter(Load::isWanted).toList();
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception {
        Turns turns = new Turns("ms");
        try (Bench bench = Bench.open()) {
            for (int turn = 1; turn <= repeats; turn++) {
                for (Load load : loads()) {
                    progress.accept("turn " + turn + " of " + repeats + ": " + load.sensors + " sensors, "
                            + load.guarantee.word());
                    StreamCase one = StreamCase.of(load.guarantee, load.sensors);
                    Map<Spread, Measured> measured =
                            new LatencyRun(one, Bench.seconds(SECONDS), bench.folder()).measure(load.spreads);
                    measured.forEach((spread, figure) -> turns.add(load.name(spread), figure));
                }
            }
        }
        for (Load load : loads()) {
            load.spreads.forEach(spread -> rows.accept(turns.row("latency." + load.name(spread), load.name(spread))));
        }
    }
}
