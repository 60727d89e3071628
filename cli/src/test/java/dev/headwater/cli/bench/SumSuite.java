package dev.headwater.cli.bench;

import dev.headwater.cli.bench.BenchRow.Peer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// A suite of a millisecond: sums numbers in a loop, beside a stream.
public final class SumSuite implements BenchSuite {

    public static final String NAME = "sum";

    private static final int COUNT = 10_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "sums of " + COUNT + " numbers";
    }

    @Override
    public void run(int repeats, Consumer<BenchRow> rows, Consumer<String> progress) {
        progress.accept("sum.loop");
        double[] loop = new double[repeats];
        double[] stream = new double[repeats];
        double[] ratios = new double[repeats];
        for (int turn = 0; turn < repeats; turn++) {
            loop[turn] = 1e9 / nanos(SumSuite::loop);
            stream[turn] = 1e9 / nanos(() -> LongStream.range(0, COUNT).sum());
            ratios[turn] = loop[turn] / stream[turn];
        }
        for (double[] figures : new double[][] {loop, stream, ratios}) {
            Arrays.sort(figures);
        }
        int last = repeats - 1;
        Peer peer = new Peer("stream", stream[last / 2], ratios[last / 2], ratios[0], ratios[last]);
        Map<String, Double> details = Map.of("allocatedBytes", 0.0, "turns", (double) repeats);
        rows.accept(new BenchRow("sum.loop", loop[last / 2], loop[0], loop[last], "sums/s", peer, details));
        rows.accept(new BenchRow("sum.stream", stream[last / 2], stream[0], stream[last], "sums/s", null, Map.of()));
    }

    private static long loop() {
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += i;
        }
        return sum;
    }

    private static double nanos(java.util.function.LongSupplier work) {
        long begun = System.nanoTime();
        if (work.getAsLong() != COUNT * (COUNT - 1L) / 2) {
            throw new IllegalStateException("wrong sum");
        }
        return Math.max(1, System.nanoTime() - begun);
    }
}
