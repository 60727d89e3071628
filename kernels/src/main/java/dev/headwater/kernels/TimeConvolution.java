package dev.headwater.kernels;

import dev.headwater.kernels.internal.RowGradient;
import dev.headwater.kernels.internal.RowProjection;
import dev.headwater.kernels.internal.Workers;
import java.util.Arrays;

/// A convolution over time, forward and backward, for use as the first layer of a network: PyTorch's
/// `torch.nn.Conv1d`, padded with half a kernel of zeros at either end, on contiguous frames.
///
/// Parameters lie in one flat array: weights `[filters][kernel][width]`, then biases `[filters]`. Sequences are
/// assigned to the threads by number: with the same number of threads the results are bit-identical. Not
/// thread-safe: one caller at a time.
public final class TimeConvolution implements AutoCloseable {
    private final int frames;
    private final int width;
    private final int filters;
    private final int kernel;
    private final int stride;
    private final Workers workers;
    private final RowGradient[] gradients; // [worker]
    private final float[][] padded; // [worker][(frames + kernel - 1) * width], the margins stay 0
    private final float[][] rows; // [worker][filters rounded up]
    private RowProjection weights;

    /// @param frames  frames of a sequence
    /// @param width   values of a frame
    /// @param kernel  frames that a filter reads, odd
    /// @param stride  frames from one output to the next
    /// @param threads threads of a pass, the caller's included, at least 1
    public TimeConvolution(int frames, int width, int filters, int kernel, int stride, int threads) {
        if (frames < 1 || width < 1 || filters < 1 || kernel < 1 || kernel % 2 == 0 || stride < 1) {
            throw new IllegalArgumentException("convolution: sizes must be 1 or more and the kernel odd, found "
                    + frames + " frames of " + width + ", " + filters + " filters, kernel " + kernel + ", stride "
                    + stride);
        }
        this.frames = frames;
        this.width = width;
        this.filters = filters;
        this.kernel = kernel;
        this.stride = stride;
        this.workers = new Workers(threads, "time-convolution");
        this.weights = projection(new float[parameterCount()]);
        this.gradients = new RowGradient[threads];
        this.padded = new float[threads][(frames + kernel - 1) * width];
        this.rows = new float[threads][weights.slot()];
        Arrays.setAll(gradients, worker -> new RowGradient(kernel * width, filters));
    }

    private RowProjection projection(float[] flat) {
        return new RowProjection(flat, 0, filters * kernel * width, kernel * width, filters);
    }

    /// Length of the flat parameter array.
    public int parameterCount() {
        return filters * (kernel * width + 1);
    }

    /// Outputs per filter.
    public int steps() {
        return (frames - 1) / stride + 1;
    }

    /// Copies the parameters, `[parameterCount]`.
    public void setParameters(float[] flat) {
        weights = projection(flat);
    }

    /// @param x   `[batch][frames][width]`
    /// @param out `[batch][filters][steps]`, written
    public void forward(float[] x, int batch, float[] out) {
        int steps = steps();
        workers.run(worker -> {
            for (int sequence = worker; sequence < batch; sequence += workers.count()) {
                load(x, sequence, padded[worker]);
                for (int step = 0; step < steps; step++) {
                    weights.apply(padded[worker], step * stride * width, rows[worker]);
                    for (int filter = 0; filter < filters; filter++) {
                        out[(sequence * filters + filter) * steps + step] = rows[worker][filter];
                    }
                }
            }
        });
    }

    private void load(float[] x, int sequence, float[] into) {
        System.arraycopy(x, sequence * frames * width, into, kernel / 2 * width, frames * width);
    }

    /// Gradients of the parameters. The input gets no gradient because it is data.
    ///
    /// @param x    `[batch][frames][width]`, as in the forward pass
    /// @param dOut `[batch][filters][steps]`: derivative of the loss by each output
    /// @param into `[parameterCount]`, overwritten
    public void backward(float[] x, int batch, float[] dOut, float[] into) {
        int steps = steps();
        workers.run(worker -> {
            gradients[worker].clear();
            Arrays.fill(rows[worker], 0);
            for (int sequence = worker; sequence < batch; sequence += workers.count()) {
                load(x, sequence, padded[worker]);
                for (int step = 0; step < steps; step++) {
                    for (int filter = 0; filter < filters; filter++) {
                        rows[worker][filter] = dOut[(sequence * filters + filter) * steps + step];
                    }
                    gradients[worker].add(padded[worker], step * stride * width, rows[worker]);
                }
            }
        });
        Arrays.fill(into, 0, parameterCount(), 0);
        for (RowGradient share : gradients) {
            share.addTo(into, 0, filters * kernel * width);
        }
    }

    /// Stops the threads.
    @Override
    public void close() {
        workers.close();
    }
}
