package dev.headwater.benchmarks.pipeline;

import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.streams.Guarantee;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// How the rate depends on the number of sensors and of stream threads.
public final class ScaleSuite implements BenchSuite {

    private static final int SECONDS = 15;
    private static final String FEW = "sensors325";
    private static final String USUAL = "sensors10000";
    private static final String MANY = "sensors100000";
    private static final String ONE_THREAD = "threads1";
    private static final String TWO_THREADS = "threads2";

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String description() {
        return "forecasts a second by number of sensors, and by number of stream threads; exactly once";
    }

    private static Map<String, StreamCase> cases() {
        StreamCase usual = StreamCase.of(Guarantee.EXACTLY_ONCE, 10_000);
        Map<String, StreamCase> cases = new LinkedHashMap<>();
        cases.put(FEW, StreamCase.of(Guarantee.EXACTLY_ONCE, 325));
        cases.put(MANY, StreamCase.of(Guarantee.EXACTLY_ONCE, 100_000));
        cases.put(USUAL, usual);
        cases.put(ONE_THREAD, usual.on(1));
        return cases;
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) throws Exception {
        Turns turns = RateRun.turns(cases(), Bench.seconds(SECONDS), repeats, progress);
        put(turns, FEW, FEW, "", rows);
        put(turns, USUAL, USUAL, FEW, rows);
        put(turns, MANY, MANY, FEW, rows);
        put(turns, TWO_THREADS, USUAL, ONE_THREAD, rows);
    }

    private static void put(Turns turns, String row, String name, String peer, Consumer<BenchRow> rows) {
        if (turns.has(name)) {
            rows.accept(turns.row("scale." + row, name, peer));
        }
    }
}
