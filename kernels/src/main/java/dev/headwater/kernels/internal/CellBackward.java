package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Backward pass of a cell with one bias.
final class CellBackward implements TileBackward {
    private final CellLayout layout;
    private final CellGates cell;
    private final RecurrentGradient recurrent;

    /// `[state slots][rows][width]`: gradient of the state before the last processed step
    private final float[] stateGradient;

    /// `[gate rows][width]`: gradients of the gates summed over steps
    private final float[] stepSums;

    private final WeightGradient recurrentGradient;
    private final WeightGradient inputGradient;

    /// `[gate rows]`: gradients of the gates summed over steps and windows
    private final double[] biasGradient;

    CellBackward(CellLayout layout, CellGates cell, Transposed recurrent) {
        this.layout = layout;
        this.cell = cell;
        this.recurrent = new RecurrentGradient(recurrent);
        this.stateGradient = new float[cell.stateSlots() * layout.rows() * WIDEST_TILE];
        this.stepSums = new float[layout.gateRows() * WIDEST_TILE];
        this.recurrentGradient = new WeightGradient(layout.gateRows(), layout.rows());
        this.inputGradient = new WeightGradient(layout.gateRows(), layout.inputs());
        this.biasGradient = new double[layout.gateRows()];
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
        Arrays.fill(stepSums, 0f);
    }

    @Override
    public float[] stateGradient() {
        return stateGradient;
    }

    @Override
    public void step(StepTape tape, int step) {
        int at = tape.gatesAt(step);
        cell.backward(tape, step, stateGradient);
        recurrent.add(tape, at, stateGradient);
        TileSums.add(tape.gates(), at, stepSums, layout.gateRows() * tape.width());
    }

    @Override
    public void inputGradient(StepTape tape, int step, MatrixView inputsTransposed, float[] out) {
        Arrays.fill(out, 0, inputsTransposed.rows() * tape.width(), 0f);
        TileGemm.multiply(inputsTransposed, tape.gates(), tape.gatesAt(step), out, 0, out, 0, tape.width());
    }

    @Override
    public void finish(StepTape tape, int steps) {
        int width = tape.width();
        float[] gates = tape.gates();
        int gatesStep = tape.gatesStep();
        tape.maskStates(steps);
        recurrentGradient.add(gates, 0, gatesStep, tape.states(), tape.stateAt(0), tape.stateStep(), steps, width);
        inputGradient.add(gates, 0, gatesStep, tape.inputs(), 0, tape.inputStep(), steps, width);
        TileSums.addOverWindows(stepSums, width, biasGradient);
    }

    @Override
    public void addTo(float[] gradients) {
        recurrentGradient.addTo(gradients, layout.recurrentOffset(), layout.rows(), 0);
        inputGradient.addTo(gradients, 0, layout.inputs(), 0);
        for (int row = 0; row < layout.gateRows(); row++) {
            gradients[layout.biasOffset() + row] += (float) biasGradient[row];
        }
    }
}
