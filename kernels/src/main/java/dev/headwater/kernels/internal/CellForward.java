package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Forward pass of a cell with one bias.
final class CellForward implements TileForward {
    private final CellLayout layout;
    private final CellGates cell;
    private final float[] parameters;
    private final MatrixView inputWeights;
    private final MatrixView recurrentWeights;

    /// `[gate rows][width]`
    private final float[] bias;

    /// @param parameters as stored, read without a copy
    CellForward(CellLayout layout, CellGates cell, float[] parameters) {
        this.layout = layout;
        this.cell = cell;
        this.parameters = parameters;
        this.inputWeights = layout.inputWeights(parameters);
        this.recurrentWeights = layout.recurrentWeights(parameters);
        this.bias = new float[layout.gateRows() * WIDEST_TILE];
    }

    @Override
    public void begin(int width) {
        for (int row = 0; row < layout.gateRows(); row++) {
            Arrays.fill(bias, row * width, (row + 1) * width, parameters[layout.biasOffset() + row]);
        }
    }

    @Override
    public void step(StepTape tape, int step) {
        int width = tape.width();
        float[] gates = tape.gates();
        int at = tape.gatesAt(step);
        float[] seen = tape.seen(step);
        TileGemm.multiply(inputWeights, tape.inputs(), tape.inputAt(step), bias, 0, gates, at, width);
        TileGemm.multiply(recurrentWeights, seen, tape.seenAt(step), gates, at, gates, at, width);
        cell.activate(tape, step);
        if (tape.stepMasked()) {
            cell.carryMasked(tape, step);
        }
    }
}
