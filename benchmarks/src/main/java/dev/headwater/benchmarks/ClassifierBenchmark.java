package dev.headwater.benchmarks;

import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.ClassifierShape.Pooling;
import dev.headwater.kernels.RecurrentClassifier;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/// Time to classify the spectrum of a second of sound on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClassifierBenchmark {

    @Param
    public Cell cell = Cell.GRU;

    private RecurrentClassifier classifier = classifier(cell);
    private final float[] probabilities = new float[8]; // [class]
    private float[] frames = {}; // [frame][width]

    @Setup
    public void sequence() {
        classifier = classifier(cell);
        ClassifierShape shape = classifier.shape();
        frames = normal(shape.frames() * shape.width(), 1f);
    }

    private static RecurrentClassifier classifier(Cell cell) {
        ClassifierShape shape = new ClassifierShape(124, 40, 64, 5, 2, cell, 64, 2, true, Pooling.MEAN, 8);
        return new RecurrentClassifier(shape, normal(shape.parameterCount(), 0.1f));
    }

    private static float[] normal(int length, float deviation) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = deviation * (float) random.nextGaussian();
        }
        return values;
    }

    @Benchmark
    public float[] classify() {
        classifier.classify(frames, probabilities);
        return probabilities;
    }
}
