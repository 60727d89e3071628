package dev.headwater.benchmarks;

import dev.headwater.kernels.Seq2SeqTraining;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time of a training step without the updater: set parameters, forward, backward, read gradients.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrainingBenchmark {

    @Param({"256", "1024", "4096"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private final float[] parameters = RoadModel.SHAPE.initialise(1);
    private final float[] gradients = new float[RoadModel.SHAPE.parameterCount()];
    private Seq2SeqTraining training = new Seq2SeqTraining(RoadModel.SHAPE, 1);
    private float[] rows = {}; // [window][row length]
    private float[] out = {}; // [window][horizon]

    @Setup
    public void windows() {
        training.close();
        training = new Seq2SeqTraining(RoadModel.SHAPE, threads);
        rows = RoadModel.rows(batch, 2);
        out = new float[batch * RoadModel.SHAPE.horizon()];
    }

    @TearDown
    public void close() {
        training.close();
    }

    @Benchmark
    public float[] step() {
        training.setParameters(parameters);
        training.forward(rows, batch, out);
        training.backward(out, gradients);
        return gradients;
    }
}
