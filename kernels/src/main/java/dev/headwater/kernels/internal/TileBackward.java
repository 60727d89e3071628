package dev.headwater.kernels.internal;

/// Backward pass of a cell over the steps of a tile; sums the gradients of its parameters. Each worker has its own.
///
/// For each tile: call [#begin]; for every step from the last to the first, add the loss's gradient to
/// [#stateGradient] and call [#step]; then call [#finish]. This overwrites the tape: the gates' values become
/// gradients.
public interface TileBackward {

    /// Resets the sums to zero.
    void clear();

    /// Starts a tile with the gradient of the final state zero.
    void begin();

    /// Gradient `[rows][width]` of the output state of the step that [#step] processes next, to be added to.
    /// After the last call of [#step] it is the gradient of the initial state.
    float[] stateGradient();

    /// Processes one step.
    void step(StepTape tape, int step);

    /// Gradient of the inputs of a step that [#step] has processed.
    ///
    /// @param inputsTransposed `[paddedRows(inputs)][gate rows]`
    /// @param out `[paddedRows(inputs)][width]`, overwritten
    void inputGradient(StepTape tape, int step, MatrixView inputsTransposed, float[] out);

    /// Adds the tile's gradients of weights and biases; after [#step] of all steps.
    void finish(StepTape tape, int steps);

    /// Adds the sums since [#clear] to a flat gradient in the layout of the cell's own parameters.
    void addTo(float[] gradients);
}
