package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.WIDEST_TILE;

import java.util.Arrays;

/// Forward pass of one GRU over the steps of a tile. It reads the caller's parameter array at the begin of each tile.
/// Not thread-safe: it owns the constant part of the input projection.
public final class GruTileForward implements TileForward {
    private static final int UNITS_AT_ONCE = 8; // a multiple of four

    private final GruLayout layout;
    private final float[] parameters;
    private final MatrixView inputWeights;
    private final MatrixView recurrentWeights;

    /// `[2 hidden][inputs + hidden]`: input and recurrent weights of r and z side by side
    private final MatrixView jointWeights;

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
        this.recurrentWeights = layout.recurrentRows(parameters, 0, layout.gateRows());
        this.jointWeights = MatrixView.zeros(2 * hidden, layout.inputs() + hidden);
        this.constant = new float[layout.gateRows() * WIDEST_TILE];
        this.candidateBias = new float[hidden * WIDEST_TILE];
        this.rectified = rectified;
    }

    /// Starts a tile: sets the constant part of the projection to the biases.
    @Override
    public void begin(int width) {
        int hidden = layout.hidden();
        inputWeights.copyTo(jointWeights, 0);
        recurrentWeights.copyTo(jointWeights, layout.inputs());
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

    /// Goes through the units in groups: a group's gates are activated while they are in the first-level cache.
    /// Without a tape to keep, all groups use the same place.
    @Override
    public void step(StepTape tape, int step) {
        float[] seen = tape.seen(step);
        int group = Math.min(UNITS_AT_ONCE, layout.hidden());
        int slot = tape.keeping() ? tape.stateSize() : group * tape.width();
        for (int unit = 0; unit < layout.hidden(); unit += group) {
            int units = Math.min(group, layout.hidden() - unit);
            int at = tape.gatesAt(step) + (tape.keeping() ? unit * tape.width() : 0);
            preActivate(tape, step, seen, unit, units, at, slot);
            activate(tape, step, unit, units, at, slot);
        }
    }

    private void preActivate(StepTape tape, int step, float[] seen, int unit, int units, int at, int slot) {
        int width = tape.width();
        int joined = tape.joinedAt(step);
        int r = unit;
        int z = layout.hidden() + unit;
        int n = 2 * layout.hidden() + unit;
        float[] gates = tape.gates();
        TileGemm.multiply(jointWeights, r, units, seen, joined, constant, r * width, gates, at + slot, width);
        TileGemm.multiply(jointWeights, z, units, seen, joined, constant, z * width, gates, at + 2 * slot, width);
        TileGemm.multiply(inputWeights, n, units, seen, joined, constant, n * width, gates, at + 3 * slot, width);
        TileGemm.multiply(
                recurrentWeights, n, units, seen, tape.seenAt(step), candidateBias, unit * width, gates, at, width);
    }

    private void activate(StepTape tape, int step, int unit, int units, int at, int slot) {
        int width = tape.width();
        float[] states = tape.states();
        int previous = tape.stateAt(step) + unit * width;
        int next = tape.stateAt(step + 1) + unit * width;
        int size = units * width;
        GruGates.activate(tape.gates(), at, slot, states, previous, states, next, size, rectified);
        if (tape.stepMasked()) {
            GruGates.carryMasked(
                    tape.stepMask(),
                    tape.stepMaskAt(step),
                    width,
                    tape.gates(),
                    at,
                    slot,
                    states,
                    previous,
                    states,
                    next,
                    size);
        }
    }

    private static void fillRow(float[] tile, int row, int width, float value) {
        Arrays.fill(tile, row * width, (row + 1) * width, value);
    }
}
