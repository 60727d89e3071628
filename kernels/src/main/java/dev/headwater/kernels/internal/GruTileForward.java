package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Forward pass of one GRU over the steps of a tile. It reads the caller's parameter array without a copy, so a
/// change there takes effect immediately. Not thread-safe: it owns the constant part of the input projection.
public final class GruTileForward implements TileForward {
    private final GruLayout layout;
    private final float[] parameters;
    private final MatrixView inputWeights;
    private final MatrixView recurrentResetUpdate;
    private final MatrixView recurrentCandidate;

    /// `[3 hidden][width]`: biases and constant inputs, gates r, z, n
    private final float[] constant;

    /// `[hidden][width]`: recurrent bias of the candidate
    private final float[] candidateBias;

    private final boolean rectified;

    /// Reads the parameters at `layout` in a flat array, without a copy.
    public GruTileForward(GruLayout layout, float[] parameters) {
        this(layout, parameters, false);
    }

    /// @param rectified whether the candidate is max(0, x) instead of tanh
    GruTileForward(GruLayout layout, float[] parameters, boolean rectified) {
        int hidden = layout.hidden();
        this.layout = layout;
        this.parameters = parameters;
        this.inputWeights = layout.inputColumns(parameters, 0, layout.inputs());
        this.recurrentResetUpdate = layout.recurrentRows(parameters, 0, 2 * hidden);
        this.recurrentCandidate = layout.recurrentRows(parameters, 2 * hidden, hidden);
        this.constant = new float[layout.gateRows() * WIDEST_TILE];
        this.candidateBias = new float[hidden * WIDEST_TILE];
        this.rectified = rectified;
    }

    /// Starts a tile: sets the constant part of the projection to the biases.
    @Override
    public void begin(int width) {
        int hidden = layout.hidden();
        int inputBias = layout.inputBiasOffset();
        int recurrentBias = layout.recurrentBiasOffset();
        for (int row = 0; row < 2 * hidden; row++) {
            fillRow(constant, row, width, parameters[inputBias + row] + parameters[recurrentBias + row]);
        }
        for (int unit = 0; unit < hidden; unit++) {
            fillRow(constant, 2 * hidden + unit, width, parameters[inputBias + 2 * hidden + unit]);
            fillRow(candidateBias, unit, width, parameters[recurrentBias + 2 * hidden + unit]);
        }
    }

    /// Adds the projection of inputs that are the same at every step.
    ///
    /// @param weights the inputs' columns of weight_ih
    /// @param in `[columns][width]` from `inAt`
    public void addConstant(MatrixView weights, float[] in, int inAt, int width) {
        TileGemm.multiply(weights, in, inAt, constant, 0, constant, 0, width);
    }

    @Override
    public void step(StepTape tape, int step) {
        int width = tape.width();
        int size = tape.stateSize();
        float[] states = tape.states();
        float[] gates = tape.gates();
        int at = tape.gatesAt(step);
        int previous = tape.stateAt(step);
        int next = tape.stateAt(step + 1);
        float[] recurrent = tape.seen(step);
        int recurrentAt = tape.seenAt(step);
        TileGemm.multiply(inputWeights, tape.inputs(), tape.inputAt(step), constant, 0, gates, at + size, width);
        TileGemm.multiply(recurrentResetUpdate, recurrent, recurrentAt, gates, at + size, gates, at + size, width);
        TileGemm.multiply(recurrentCandidate, recurrent, recurrentAt, candidateBias, 0, gates, at, width);
        GruGates.activate(gates, at, states, previous, states, next, size, rectified);
        if (tape.stepMasked()) {
            carryMasked(tape, step);
        }
    }

    /// Carries the state over in windows whose step is absent.
    private static void carryMasked(StepTape tape, int step) {
        GruGates.carryMasked(
                tape.stepMask(),
                tape.stepMaskAt(step),
                tape.width(),
                tape.gates(),
                tape.gatesAt(step),
                tape.states(),
                tape.stateAt(step),
                tape.states(),
                tape.stateAt(step + 1),
                tape.stateSize());
    }

    private static void fillRow(float[] tile, int row, int width, float value) {
        Arrays.fill(tile, row * width, (row + 1) * width, value);
    }
}
