package dev.headwater.kernels.internal;

/// The element-wise half of a step of a cell whose gates are all `W x + U h + b`.
public sealed interface CellGates permits LstmGates, RnnGates {

    /// Gates of a unit: the first slots of a step's gates.
    int gates();

    /// Slots that a step's gates take on the tape.
    int gateSlots();

    /// Slots of the state.
    int stateSlots();

    /// Computes the state after `step` from the gates' pre-activations on the tape, and overwrites these with the
    /// gates' values.
    void activate(StepTape tape, int step);

    /// Carries the state over where the step is absent, and sets the gates there so that the backward pass finds no
    /// gradients; after [#activate].
    void carryMasked(StepTape tape, int step);

    /// Replaces the gates' values by the gradients of their pre-activations, and the gradient of the state after
    /// the step by the part of the gradient of the state before that does not pass through the recurrent weights.
    ///
    /// @param stateGradient `[state slots][rows][width]`
    void backward(StepTape tape, int step, float[] stateGradient);
}
