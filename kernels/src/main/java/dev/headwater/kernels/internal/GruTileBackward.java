package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Backward pass of one GRU over the steps of a tile.
public final class GruTileBackward implements TileBackward {
    private final GruLayout layout;
    private final RecurrentGradient recurrent;
    private final boolean rectified;

    /// `[hidden][width]`: gradient of the state before the last processed step
    private final float[] stateGradient;

    /// `[4][hidden][width]`: gradients nh, r, z, nx summed over steps
    private final float[] stepSums;

    private final WeightGradient recurrentGradient;
    private final WeightGradient inputGradient;

    /// `[4][hidden]`: gradients nh, r, z, nx summed over steps and windows
    private final double[] biasGradient;

    /// @param recurrent transposed recurrent weights of the layer
    public GruTileBackward(GruLayout layout, Transposed recurrent) {
        this(layout, recurrent, false);
    }

    /// @param recurrent transposed recurrent weights of the layer
    /// @param rectified whether the candidate is max(0, x) instead of tanh
    GruTileBackward(GruLayout layout, Transposed recurrent, boolean rectified) {
        int hidden = layout.hidden();
        this.layout = layout;
        this.recurrent = new RecurrentGradient(recurrent);
        this.rectified = rectified;
        this.stateGradient = new float[hidden * WIDEST_TILE];
        this.stepSums = new float[GruGates.SLOTS * hidden * WIDEST_TILE];
        this.recurrentGradient = new WeightGradient(layout.gateRows(), hidden);
        this.inputGradient = new WeightGradient(layout.gateRows(), layout.inputs());
        this.biasGradient = new double[GruGates.SLOTS * hidden];
    }

    @Override
    public void clear() {
        recurrentGradient.clear();
        inputGradient.clear();
        Arrays.fill(biasGradient, 0.0);
    }

    @Override
    public void begin() {
        Arrays.fill(stateGradient, 0f);
    }

    /// Starts a tile with a given gradient `[hidden][width]` of the final state.
    public void begin(float[] finalStateGradient, int size) {
        System.arraycopy(finalStateGradient, 0, stateGradient, 0, size);
    }

    @Override
    public float[] stateGradient() {
        return stateGradient;
    }

    @Override
    public void step(StepTape tape, int step) {
        int size = tape.stateSize();
        int at = tape.gatesAt(step);
        GruGates.backward(tape.gates(), at, tape.states(), tape.stateAt(step), stateGradient, size, rectified);
        recurrent.add(tape, at, stateGradient);
    }

    @Override
    public void inputGradient(StepTape tape, int step, MatrixView inputsTransposed, float[] out) {
        Arrays.fill(out, 0, inputsTransposed.rows() * tape.width(), 0f);
        int at = tape.gatesAt(step) + tape.stateSize();
        TileGemm.multiply(inputsTransposed, tape.gates(), at, out, 0, out, 0, tape.width());
    }

    @Override
    public void finish(StepTape tape, int steps) {
        int size = tape.stateSize();
        int width = tape.width();
        float[] gates = tape.gates();
        tape.maskStates(steps);
        recurrentGradient.add(
                gates, 0, tape.gatesStep(), tape.states(), tape.stateAt(0), tape.stateStep(), steps, width);
        inputGradient.add(gates, size, tape.gatesStep(), tape.inputs(), 0, tape.inputStep(), steps, width);
        TileSums.overSteps(gates, tape.gatesStep(), steps, stepSums, GruGates.SLOTS * size);
        TileSums.addOverWindows(stepSums, width, biasGradient);
    }

    /// Adds the tile's gradient of the weights of a constant input; after [#finish].
    ///
    /// @param gradient of the input's columns of weight_ih
    /// @param in `[paddedRows(columns)][width]` from `inAt`
    public void addConstant(WeightGradient gradient, float[] in, int inAt, StepTape tape) {
        gradient.add(stepSums, tape.stateSize(), 0, in, inAt, 0, 1, tape.width());
    }

    /// Adds the gradient of a constant input itself; after [#finish].
    ///
    /// @param transposed the input's columns of weight_ih, transposed, `[rows][3 hidden]`
    /// @param out `[rows][width]`, added to
    public void addConstantGradient(Transposed transposed, float[] out, StepTape tape) {
        transposed.addProduct(stepSums, tape.stateSize(), out, tape.width());
    }

    /// The sums of constant inputs are not among them.
    @Override
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
