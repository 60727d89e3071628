package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.MatrixView;
import dev.headwater.kernels.internal.ShiftedGemm;
import dev.headwater.kernels.internal.ShiftedGradient;
import dev.headwater.kernels.internal.Workers;
import java.util.Arrays;

/// A convolution over time without padding, forward and backward, anywhere in a network: PyTorch's
/// `torch.nn.Conv1d`, and the `Conv1D` of Keras with `padding="valid"`. Of `steps` steps, `steps - kernel + 1` are
/// left.
///
/// Parameters lie in one flat array: weights `[filters][inputs][kernel]`, then biases `[filters]`. Sequences are
/// assigned to the threads by number: with the same number of threads the results are bit-identical. Not
/// thread-safe: one caller at a time.
public final class SequenceConvolution implements AutoCloseable {
    private final int inputs;
    private final int filters;
    private final int kernel;
    private final Workers workers;
    private final MatrixView weights; // [padded filters][inputs * kernel]
    private final MatrixView turned; // [padded inputs][filters * kernel], each kernel back to front
    private final float[] bias; // [padded filters]
    private final float[] noBias; // [padded inputs]
    private final ShiftedGradient[] gradients; // [worker]
    private final float[][] biasGradients; // [worker][filters]
    private Lengths lengths;
    private Scratch[] scratch; // [worker]

    /// @param inputs  values of a step
    /// @param filters values of a step of the output
    /// @param kernel  steps that a filter reads
    /// @param threads threads of a pass, the caller's included, at least 1
    public SequenceConvolution(int inputs, int filters, int kernel, int threads) {
        if (inputs < 1 || filters < 1 || kernel < 1) {
            throw new IllegalArgumentException("convolution: sizes must be 1 or more, found " + inputs + " inputs, "
                    + filters + " filters, kernel " + kernel);
        }
        this.inputs = inputs;
        this.filters = filters;
        this.kernel = kernel;
        this.workers = new Workers(threads, "sequence-convolution");
        this.weights = padded(filters, inputs * kernel);
        this.turned = padded(inputs, filters * kernel);
        this.bias = new float[weights.rows()];
        this.noBias = new float[turned.rows()];
        this.gradients = new ShiftedGradient[threads];
        this.biasGradients = new float[threads][filters];
        this.lengths = new Lengths(kernel, kernel);
        this.scratch = new Scratch[0];
        Arrays.setAll(gradients, worker -> new ShiftedGradient(filters, inputs * kernel));
    }

    private static MatrixView padded(int rows, int columns) {
        int paddedRows = Lanes.paddedRows(rows);
        return new MatrixView(new float[paddedRows * columns], 0, columns, paddedRows, columns);
    }

    /// Lengths of the rows in the scratch memory, which are whole vectors: steps beyond the last one are zero.
    private record Lengths(int steps, int kernel) {

        int outSteps() {
            return steps - kernel + 1;
        }

        /// Outputs, computed ones.
        int out() {
            return Lanes.roundUp(outSteps(), Lanes.LENGTH);
        }

        /// Gradients of the inputs, computed ones.
        int in() {
            return Lanes.roundUp(steps, Lanes.LENGTH);
        }

        /// Of a row of inputs.
        int x() {
            return out() + kernel - 1;
        }

        /// Of a row of gradients by the outputs: `kernel - 1` zeros, then the gradients, then zeros.
        int slopes() {
            return in() + kernel - 1;
        }
    }

    /// Memory of one worker for one sequence.
    private final class Scratch {
        final float[] x = new float[inputs * lengths.x()]; // [inputs][lengths.x]
        final float[] out = new float[weights.rows() * lengths.out()]; // [padded filters][lengths.out]
        final float[] slopes = new float[weights.rows() * lengths.slopes()]; // [padded filters][lengths.slopes]
        final float[] dIn = new float[turned.rows() * lengths.in()]; // [padded inputs][lengths.in]
        final int[] xOffsets = offsets(inputs, lengths.x()); // [inputs * kernel]
        final int[] slopeOffsets = offsets(filters, lengths.slopes()); // [filters * kernel]

        /// Where the row of each weight begins: a row per input, and within it a step further per step of the kernel.
        private int[] offsets(int rows, int length) {
            int[] all = new int[rows * kernel];
            Arrays.setAll(all, i -> i / kernel * length + i % kernel);
            return all;
        }
    }

    /// Length of the flat parameter array.
    public int parameterCount() {
        return filters * (inputs * kernel + 1);
    }

    /// Copies the parameters, `[parameterCount]`.
    public void setParameters(float[] flat) {
        System.arraycopy(flat, 0, weights.data(), 0, filters * inputs * kernel);
        System.arraycopy(flat, filters * inputs * kernel, bias, 0, filters);
        for (int filter = 0; filter < filters; filter++) {
            for (int input = 0; input < inputs; input++) {
                int from = (filter * inputs + input) * kernel;
                int to = (input * filters + filter) * kernel;
                for (int k = 0; k < kernel; k++) {
                    turned.data()[to + kernel - 1 - k] = flat[from + k];
                }
            }
        }
    }

    private void fit(int steps) {
        if (steps < kernel) {
            throw new IllegalArgumentException(
                    "convolution: steps must be at least the kernel's " + kernel + ", found " + steps);
        }
        if (lengths.steps() != steps || scratch.length == 0) {
            lengths = new Lengths(steps, kernel);
            scratch = new Scratch[workers.count()];
            Arrays.setAll(scratch, worker -> new Scratch());
        }
    }

    /// @param x   `[batch][inputs][steps]`
    /// @param out `[batch][filters][steps - kernel + 1]`, written
    public void forward(float[] x, int batch, int steps, float[] out) {
        fit(steps);
        workers.run(worker -> {
            Scratch own = scratch[worker];
            for (int sequence = worker; sequence < batch; sequence += workers.count()) {
                copyRows(x, sequence * inputs, steps, own.x, 0, lengths.x(), inputs);
                ShiftedGemm.multiply(weights, own.x, own.xOffsets, bias, own.out, lengths.out());
                takeRows(own.out, lengths.out(), out, sequence * filters, lengths.outSteps(), filters);
            }
        });
    }

    /// Rows `[rows][length]` from row `first` on, into rows of another length, from `begin` on in each.
    private static void copyRows(float[] from, int first, int length, float[] to, int begin, int stride, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, (first + row) * length, to, begin + row * stride, length);
        }
    }

    private static void takeRows(float[] from, int stride, float[] to, int first, int length, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, row * stride, to, (first + row) * length, length);
        }
    }

    /// Gradients of the parameters and of the inputs.
    ///
    /// @param x    `[batch][inputs][steps]`, as in the forward pass
    /// @param dOut `[batch][filters][steps - kernel + 1]`: derivative of the loss by each output
    /// @param dIn  `[batch][inputs][steps]`, overwritten
    /// @param into `[parameterCount]`, overwritten
    public void backward(float[] x, int batch, int steps, float[] dOut, float[] dIn, float[] into) {
        fit(steps);
        workers.run(worker -> {
            gradients[worker].clear();
            Arrays.fill(biasGradients[worker], 0);
            for (int sequence = worker; sequence < batch; sequence += workers.count()) {
                backward(x, dOut, dIn, sequence, worker);
            }
        });
        Arrays.fill(into, 0, parameterCount(), 0);
        for (int worker = 0; worker < workers.count(); worker++) {
            gradients[worker].addTo(into, 0);
            for (int filter = 0; filter < filters; filter++) {
                into[filters * inputs * kernel + filter] += biasGradients[worker][filter];
            }
        }
    }

    private void backward(float[] x, float[] dOut, float[] dIn, int sequence, int worker) {
        Scratch own = scratch[worker];
        int begin = kernel - 1;
        copyRows(x, sequence * inputs, lengths.steps(), own.x, 0, lengths.x(), inputs);
        copyRows(dOut, sequence * filters, lengths.outSteps(), own.slopes, begin, lengths.slopes(), filters);
        gradients[worker].add(own.slopes, begin, lengths.slopes(), own.x, own.xOffsets, lengths.out());
        addBias(own.slopes, biasGradients[worker]);
        ShiftedGemm.multiply(turned, own.slopes, own.slopeOffsets, noBias, own.dIn, lengths.in());
        takeRows(own.dIn, lengths.in(), dIn, sequence * inputs, lengths.steps(), inputs);
    }

    private void addBias(float[] slopes, float[] sums) {
        for (int filter = 0; filter < filters; filter++) {
            float sum = 0;
            int at = filter * lengths.slopes() + kernel - 1;
            for (int step = at; step < at + lengths.outSteps(); step++) {
                sum += slopes[step];
            }
            sums[filter] += sum;
        }
    }

    /// Stops the threads.
    @Override
    public void close() {
        workers.close();
    }
}
