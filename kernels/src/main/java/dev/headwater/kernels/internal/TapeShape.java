package dev.headwater.kernels.internal;

/// Sizes of one step on a [StepTape].
///
/// @param inputs    inputs of a step
/// @param units     units of the cell
/// @param gateSlots slots of values that the cell keeps for each step, each of [#rows] rows
/// @param stateSlots slots of the state: 1, or 2 when a cell state follows the output
public record TapeShape(int inputs, int units, int gateSlots, int stateSlots) {

    /// Rows of a slot: the units, rounded up to what the kernels can work on.
    public int rows() {
        return Lanes.paddedRows(units);
    }
}
