package dev.headwater.kernels;

import org.jspecify.annotations.Nullable;

/// A recurrent layer over sequences, forward and backward, for use as a layer of any network.
///
/// Sequences are assigned to the threads in tiles by number: with the same number of threads all results are
/// bit-identical; outputs are bit-identical with any number. Not thread-safe: one caller at a time.
public interface SequenceKernel extends AutoCloseable {

    /// Length of the flat parameter array.
    int parameterCount();

    /// Copies the parameters. [#backward] can then no longer use an earlier forward pass.
    ///
    /// @throws IllegalArgumentException when the array is shorter than [#parameterCount()]
    void setParameters(float[] flat);

    /// Runs the layer over a batch, with dropout of the state before it enters the gates, the same at every step
    /// (Gal & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural Networks*, 2016).
    /// A state that a gate carries over is not masked.
    ///
    /// @param x `[batch][steps][inputs]`
    /// @param mask `[batch][steps]`, 0 where a step is absent: its inputs are not read, and its output is the
    ///     previous state; null when every step is present
    /// @param h0 `[batch][hidden]`, null for zero
    /// @param recurrentMask `[batch][hidden]` that the state is multiplied by, null for none
    /// @param out `[batch][steps][hidden]`: the state after each step
    /// @param keep whether to keep what [#backward] needs
    /// @throws IllegalArgumentException when an array is too short, or the cell takes no initial state
    void forward(
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] h0,
            float @Nullable [] recurrentMask,
            int batch,
            int steps,
            float[] out,
            boolean keep);

    /// As above, without dropout.
    default void forward(
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] h0,
            int batch,
            int steps,
            float[] out,
            boolean keep) {
        forward(x, mask, h0, null, batch, steps, out, keep);
    }

    /// Gradients for the batch of the last [#forward] that kept its activations. The activations can be used once.
    ///
    /// @param dOut `[batch][steps][hidden]`: derivative of the loss by each output
    /// @param dX `[batch][steps][inputs]`, overwritten: zero where masked
    /// @param dH0 `[batch][hidden]`, overwritten, or null when not wanted
    /// @param gradients `[parameterCount]`, overwritten
    /// @throws IllegalStateException when no such forward pass was made since the parameters were set or since
    ///     the last backward pass
    /// @throws IllegalArgumentException when an array is too short, or dH0 is wanted of a cell that takes no
    ///     initial state
    void backward(float[] dOut, float[] dX, float @Nullable [] dH0, float[] gradients);

    /// Stops the threads.
    @Override
    void close();
}
