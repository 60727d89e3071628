package dev.headwater.kernels.internal;

/// A recurrent cell with its parameters, which all workers share. It may store them in another layout than the
/// caller's.
public interface SequenceCell {

    /// Sizes of the tapes that the passes need.
    TapeShape tape();

    /// Length of the caller's flat parameter array.
    int parameterCount();

    /// Length of the cell's own parameter array.
    int storedCount();

    /// Copies the parameters from the caller's array.
    void setParameters(float[] flat);

    /// Copies gradients `[storedCount]` to the caller's `[parameterCount]`.
    void exportGradients(float[] stored, float[] flat);

    /// The weights of the inputs, transposed: `[paddedRows(inputs)][gate rows]`.
    MatrixView inputsTransposed();

    /// A forward pass for one worker.
    TileForward forward();

    /// A backward pass for one worker.
    TileBackward backward();
}
