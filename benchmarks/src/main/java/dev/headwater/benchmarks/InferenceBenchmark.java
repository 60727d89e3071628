package dev.headwater.benchmarks;

import dev.headwater.kernels.Seq2SeqGru;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time to forecast a batch of packed windows.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InferenceBenchmark {

    /// Threads share a batch by whole tiles of windows, of the widest vectors.
    private static final int TILE = 64;

    @Param({"1", "16", "32", "325", "1024"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private Seq2SeqGru gru = new Seq2SeqGru(RoadModel.SHAPE, RoadModel.SHAPE.initialise(1));
    private float[] rows = {}; // [window][row length]
    private float[] out = {}; // [window][horizon]

    @Setup
    public void windows() {
        rows = RoadModel.rows(batch, 2);
        out = new float[batch * RoadModel.SHAPE.horizon()];
    }

    @Benchmark
    public float[] forecast() {
        int part = Math.ceilDiv(Math.ceilDiv(batch, threads), TILE) * TILE;
        if (batch <= part) { // a stream would cost more than the forecast of one window
            gru.forward(rows, 0, batch, out, 0);
            return out;
        }
        IntStream.range(0, Math.ceilDiv(batch, part)).parallel().forEach(number -> {
            int first = number * part;
            gru.forward(rows, first, Math.min(part, batch - first), out, first * RoadModel.SHAPE.horizon());
        });
        return out;
    }
}
