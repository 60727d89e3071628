package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.ClassifierShape.Pooling;
import dev.headwater.kernels.PlainCell.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Once compiled, no kernel allocates its vectors on the heap: a call allocates almost nothing on the calling
/// thread.
///
/// A vector on the heap at one place of an inner loop costs 48 to 96 bytes per iteration: 7 kB or more for one
/// window and hundreds of kB for a tile, far above the limits below.
class SteadyAllocationTest {
    /// Inference keeps its buffers between calls.
    private static final long INFERENCE_LIMIT = 512;

    /// A training pass allocates tasks for its threads and small records, 3 kB and 200 bytes for each tile.
    private static final long TRAINING_LIMIT = 8 * 1024;

    /// Time limit for the compiler: many times what it needs on a busy machine.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Consecutive calls that must all stay below the limit.
    private static final int STEADY_CALLS = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 37, 325, 1024})
    void forecasting(int windows) {
        // Given: groups of 1, 2 and 4 windows, and full tiles before them
        Seq2SeqShape shape = Windows.roadShape();
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 301));
        float[] rows = Windows.rows(shape, windows, 302);
        float[] out = new float[windows * shape.horizon()];
        // When, then
        assertSteady(INFERENCE_LIMIT, () -> network.forward(rows, 0, windows, out, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void training(double dropout) {
        // Given: at least one full tile, and a partly filled one
        int windows = 101;
        Seq2SeqShape shape = Windows.roadShape();
        float[] parameters = Windows.parameters(shape, 311);
        float[] rows = Windows.rows(shape, windows, 312);
        float[] out = new float[windows * shape.horizon()];
        float[] gradients = new float[shape.parameterCount()];
        DropoutMasks masks = DropoutMasks.draw(shape, windows, dropout, dropout, new Random(313));
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 1)) {
            // When, then
            assertSteady(TRAINING_LIMIT, () -> {
                training.setParameters(parameters);
                training.forward(rows, windows, out, masks);
                training.backward(out, gradients);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void classifying(Cell cell) {
        // Given
        ClassifierShape shape = new ClassifierShape(62, 40, 64, 5, 2, cell, 64, 2, true, Pooling.ATTENTION, 8);
        RecurrentClassifier classifier = new RecurrentClassifier(shape, Windows.gaussian(shape.parameterCount(), 321));
        float[] frames = Windows.gaussian(shape.frames() * shape.width(), 322);
        float[] probabilities = new float[shape.classes()];
        // When, then
        assertSteady(INFERENCE_LIMIT, () -> classifier.classify(frames, probabilities));
    }

    @ParameterizedTest
    @CsvSource({"GRU_TANH, 64, 64", "GRU_RELU, 14, 16", "LSTM, 14, 18", "RNN_TANH, 14, 18", "RNN_RELU, 14, 18"})
    void trainingALayer(Kind kind, int inputs, int units) {
        // Given: sequences with absent steps and dropout
        int batch = 70;
        int steps = 8;
        float[] x = Windows.gaussian(batch * steps * inputs, 331);
        float[] mask = new float[batch * steps];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 7 == 0 ? 0 : 1;
        }
        float[] dropped = Windows.gaussian(batch * units, 332);
        float[] out = new float[batch * steps * units];
        float[] dX = new float[x.length];
        float[] dH0 = kind == Kind.LSTM ? null : new float[batch * units];
        try (SequenceKernel layer = new PlainCell(kind, inputs, units).kernel(1)) {
            float[] parameters = Windows.gaussian(layer.parameterCount(), 333);
            float[] gradients = new float[layer.parameterCount()];
            // When, then
            assertSteady(TRAINING_LIMIT, () -> {
                layer.setParameters(parameters);
                layer.forward(x, mask, null, dropped, batch, steps, out, true);
                layer.backward(out, dX, dH0, gradients);
            });
        }
    }

    @Test
    void trainingTheConvolutionOfTheClassifier() {
        // Given
        int batch = 8;
        try (TimeConvolution convolution = new TimeConvolution(62, 40, 64, 5, 2, 1)) {
            float[] x = Windows.gaussian(batch * 62 * 40, 341);
            float[] out = new float[batch * 64 * convolution.steps()];
            float[] gradients = new float[convolution.parameterCount()];
            convolution.setParameters(Windows.gaussian(convolution.parameterCount(), 342));
            // When, then
            assertSteady(TRAINING_LIMIT, () -> {
                convolution.forward(x, batch, out);
                convolution.backward(x, batch, out, gradients);
            });
        }
    }

    /// Calls until consecutive calls stay below the limit. Before that, the interpreter and the first compiler
    /// allocate every vector. With the fault that this test looks for, the last compiler would do so too, and
    /// the deadline ends the test.
    private static void assertSteady(long limit, Runnable call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long allocated = 0;
        int steady = 0;
        int calls = 0;
        while (steady < STEADY_CALLS && System.nanoTime() < deadline) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            steady = allocated <= limit ? steady + 1 : 0;
            calls++;
        }
        assertThat(steady)
                .as("calls in a row of at most %s bytes; the last of %s allocated %s", limit, calls, allocated)
                .isEqualTo(STEADY_CALLS);
    }
}
