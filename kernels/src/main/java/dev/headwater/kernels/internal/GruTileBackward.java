package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Backward pass of one GRU over the steps of a tile; sums the gradients of its parameters. Each worker needs
/// its own.
///
/// For each tile: call [#begin]; for every step from the last to the first, add the loss's gradient to
/// [#stateGradient] and call [#step]; then call [#finish]. This overwrites the tape: the gates' values become
/// gradients.
public final class GruTileBackward {
    private final GruLayout layout;
    private final Transposed recurrent;

    /// `[hidden][width]`: gradient of the state before the last processed step
    private final float[] stateGradient;

    /// `[4][hidden][width]`: gradients nh, r, z, nx summed over steps
    private final float[] stepSums;

    /// `[hidden][width]`: gradient of the masked state that the recurrent weights read; empty until the first mask
    private float[] seenGradient = {};

    private final WeightGradient recurrentGradient;
    private final WeightGradient inputGradient;

    /// `[4][hidden]`: gradients nh, r, z, nx summed over steps and windows
    private final double[] biasGradient;

    /// @param recurrent transposed recurrent weights of the layer
    public GruTileBackward(GruLayout layout, Transposed recurrent) {
        int hidden = layout.hidden();
        this.layout = layout;
        this.recurrent = recurrent;
        this.stateGradient = new float[hidden * WIDEST_TILE];
        this.stepSums = new float[GruGates.SLOTS * hidden * WIDEST_TILE];
        this.recurrentGradient = new WeightGradient(layout.gateRows(), hidden);
        this.inputGradient = new WeightGradient(layout.gateRows(), layout.inputs());
        this.biasGradient = new double[GruGates.SLOTS * hidden];
    }

    /// Resets the sums to zero.
    public void clear() {
        recurrentGradient.clear();
        inputGradient.clear();
        Arrays.fill(biasGradient, 0.0);
    }

    /// Starts a tile with the gradient of the final state zero.
    public void begin() {
        Arrays.fill(stateGradient, 0f);
    }

    /// Starts a tile with a given gradient `[hidden][width]` of the final state.
    public void begin(float[] finalStateGradient, int size) {
        System.arraycopy(finalStateGradient, 0, stateGradient, 0, size);
    }

    /// Gradient `[hidden][width]` of the output state of the step that [#step] processes next, to be added to.
    /// After the last call of [#step] it is the gradient of the initial state.
    public float[] stateGradient() {
        return stateGradient;
    }

    /// Processes one step.
    public void step(GruTape tape, int step) {
        int size = tape.stateSize();
        int at = tape.gatesAt(step);
        GruGates.backward(tape.gates(), at, tape.states(), tape.stateAt(step), stateGradient, size);
        if (tape.masked()) {
            addMasked(tape, at);
        } else {
            TileGemm.multiply(recurrent.view(), tape.gates(), at, stateGradient, 0, stateGradient, 0, tape.width());
        }
    }

    private void addMasked(GruTape tape, int gatesAt) {
        seenGradient = seenGradient.length == 0 ? new float[stateGradient.length] : seenGradient;
        Arrays.fill(seenGradient, 0, tape.stateSize(), 0f);
        TileGemm.multiply(recurrent.view(), tape.gates(), gatesAt, seenGradient, 0, seenGradient, 0, tape.width());
        TileMask.addProduct(seenGradient, tape.recurrentMask(), stateGradient, tape.stateSize());
    }

    /// Gradient of the inputs of a step that [#step] has processed.
    ///
    /// @param inputsTransposed `[paddedRows(inputs)][3 hidden]`
    /// @param out `[paddedRows(inputs)][width]`, overwritten
    public void inputGradient(GruTape tape, int step, MatrixView inputsTransposed, float[] out) {
        Arrays.fill(out, 0, inputsTransposed.rows() * tape.width(), 0f);
        int at = tape.gatesAt(step) + tape.stateSize();
        TileGemm.multiply(inputsTransposed, tape.gates(), at, out, 0, out, 0, tape.width());
    }

    /// Adds the tile's gradients of weights and biases; after [#step] of all steps.
    public void finish(GruTape tape, int steps) {
        int size = tape.stateSize();
        int width = tape.width();
        float[] gates = tape.gates();
        for (int step = 0; tape.masked() && step < steps; step++) { // the states that the recurrent weights read
            int at = tape.stateAt(step);
            TileMask.multiply(tape.states(), at, tape.recurrentMask(), tape.states(), at, size);
        }
        recurrentGradient.add(gates, 0, tape.gatesStep(), tape.states(), 0, tape.stateStep(), steps, width);
        inputGradient.add(gates, size, tape.gatesStep(), tape.inputs(), 0, tape.inputStep(), steps, width);
        TileSums.overSteps(gates, tape.gatesStep(), steps, stepSums, GruGates.SLOTS * size);
        TileSums.addOverWindows(stepSums, width, biasGradient);
    }

    /// Adds the tile's gradient of the weights of a constant input; after [#finish].
    ///
    /// @param gradient of the input's columns of weight_ih
    /// @param in `[paddedRows(columns)][width]` from `inAt`
    public void addConstant(WeightGradient gradient, float[] in, int inAt, GruTape tape) {
        gradient.add(stepSums, tape.stateSize(), 0, in, inAt, 0, 1, tape.width());
    }

    /// Adds the gradient of a constant input itself; after [#finish].
    ///
    /// @param transposed the input's columns of weight_ih, transposed, `[rows][3 hidden]`
    /// @param out `[rows][width]`, added to
    public void addConstantGradient(MatrixView transposed, float[] out, GruTape tape) {
        TileGemm.multiply(transposed, stepSums, tape.stateSize(), out, 0, out, 0, tape.width());
    }

    /// Adds the sums since [#clear] to a flat gradient in the parameters' layout, except those of constant inputs.
    public void addTo(float[] gradients) {
        int hidden = layout.hidden();
        recurrentGradient.addTo(gradients, layout.recurrentOffset(), hidden, 2 * hidden);
        inputGradient.addTo(gradients, layout.offset(), layout.inputStride(), 0);
        for (int row = 0; row < layout.gateRows(); row++) {
            int recurrentRow = (row + hidden) % layout.gateRows();
            gradients[layout.inputBiasOffset() + row] += (float) biasGradient[hidden + row];
            gradients[layout.recurrentBiasOffset() + row] += (float) biasGradient[recurrentRow];
        }
    }
}
