package dev.headwater.kernels.internal;

import java.util.Arrays;

/// Inputs, states and gates of one GRU over the steps of one tile. A tape that keeps all steps serves the backward
/// pass; one that does not keep them holds two states and one step's gates, enough for the forward pass.
public final class GruTape {
    /// Unused rows after each step. The weight gradient reads the same few rows of all steps. With 64 units the
    /// steps would be a multiple of 4 KiB apart and would compete for the same few sets of the first-level cache.
    private static final int FREE_ROWS = 4;

    private final GruLayout layout;
    private final int steps;
    private final boolean keeping;

    /// `[steps][paddedRows(inputs)][width]`
    private final float[] inputs;

    /// `[steps + 1][hidden + free][width]` when keeping, else `[2][hidden + free][width]`, used alternately
    private final float[] states;

    /// `[steps][4 hidden + free][width]` when keeping, else `[4 hidden + free][width]`
    private final float[] gates;

    /// `[hidden][width]`: factors of the states as input of the recurrent weights, the same at every step;
    /// empty until the first mask
    private float[] recurrentMask = {};

    private boolean masked;
    private int width;

    /// A tape for `steps` steps of tiles of any width.
    public GruTape(GruLayout layout, int steps, boolean keeping) {
        this.layout = layout;
        this.steps = steps;
        this.keeping = keeping;
        int state = (layout.hidden() + FREE_ROWS) * Lanes.WIDEST_TILE;
        int step = (GruGates.SLOTS * layout.hidden() + FREE_ROWS) * Lanes.WIDEST_TILE;
        this.inputs = new float[steps * Lanes.paddedRows(layout.inputs()) * Lanes.WIDEST_TILE];
        this.states = new float[(keeping ? steps + 1 : 2) * state];
        this.gates = new float[(keeping ? steps : 1) * step];
    }

    /// Starts a tile of `tileWidth` lanes: zeroes inputs and initial state.
    public void begin(int tileWidth) {
        this.width = tileWidth;
        this.masked = false;
        Arrays.fill(inputs, 0, steps * inputStep(), 0f);
        Arrays.fill(states, 0, stateSize(), 0f);
    }

    /// Lanes of the current tile.
    public int width() {
        return width;
    }

    /// Most steps that a tile can have.
    public int steps() {
        return steps;
    }

    /// Whether the current tile has a mask on its recurrent states.
    boolean masked() {
        return masked;
    }

    /// The mask, `[hidden][width]`.
    float[] recurrentMask() {
        return recurrentMask;
    }

    /// Enables the mask on the recurrent states of the current tile; it is zero in every lane until [#loadMask].
    public void beginMask() {
        recurrentMask = recurrentMask.length == 0 ? new float[layout.hidden() * Lanes.WIDEST_TILE] : recurrentMask;
        Arrays.fill(recurrentMask, 0, stateSize(), 0f);
        masked = true;
    }

    /// Copies a window's mask `[hidden]` from an array into a lane; after [#beginMask].
    public void loadMask(float[] source, int sourceAt, int lane) {
        for (int unit = 0; unit < layout.hidden(); unit++) {
            recurrentMask[unit * width + lane] = source[sourceAt + unit];
        }
    }

    /// Whether the backward pass can read this tape.
    public boolean keeping() {
        return keeping;
    }

    float[] inputs() {
        return inputs;
    }

    /// States, to be read from [#stateAt].
    public float[] states() {
        return states;
    }

    float[] gates() {
        return gates;
    }

    /// Elements of one state: hidden x width.
    public int stateSize() {
        return layout.hidden() * width;
    }

    int inputStep() {
        return Lanes.paddedRows(layout.inputs()) * width;
    }

    int inputAt(int step) {
        return step * inputStep();
    }

    /// Offset of the state before `step`, which is the state after `step - 1`.
    public int stateAt(int step) {
        return (keeping ? step : step & 1) * stateStep();
    }

    int stateStep() {
        return (layout.hidden() + FREE_ROWS) * width;
    }

    int gatesStep() {
        return (GruGates.SLOTS * layout.hidden() + FREE_ROWS) * width;
    }

    int gatesAt(int step) {
        return keeping ? step * gatesStep() : 0;
    }

    /// Copies a window's inputs `[steps][inputs]` from an array into a lane.
    public void loadInputs(float[] source, int sourceAt, int sourceSteps, int lane) {
        int features = layout.inputs();
        for (int step = 0; step < sourceSteps; step++) {
            int at = inputAt(step) + lane;
            int from = sourceAt + step * features;
            for (int feature = 0; feature < features; feature++) {
                inputs[at + feature * width] = source[from + feature];
            }
        }
    }

    /// Zeroes a lane's inputs at one step: an absent value must not reach a weight, not even as NaN.
    public void clearInputs(int step, int lane) {
        for (int feature = 0; feature < layout.inputs(); feature++) {
            inputs[inputAt(step) + feature * width + lane] = 0f;
        }
    }

    /// Copies a window's initial state `[hidden]` from an array into a lane.
    public void loadInitialState(float[] source, int sourceAt, int lane) {
        for (int unit = 0; unit < layout.hidden(); unit++) {
            states[unit * width + lane] = source[sourceAt + unit];
        }
    }

    /// Copies a lane's state before `step` to an array `[hidden]`.
    public void storeState(int step, int lane, float[] target, int targetAt) {
        int at = stateAt(step) + lane;
        for (int unit = 0; unit < layout.hidden(); unit++) {
            target[targetAt + unit] = states[at + unit * width];
        }
    }
}
