package dev.headwater.forecasting.gru.internal;

import java.util.Arrays;

/// What one GRU reads and leaves behind over the steps of one tile: inputs, states and gates. A tape that keeps
/// everything serves the backward pass; one that does not holds two states and one step's gates, enough to go forward.
public final class GruTape {
    private final GruLayout layout;
    private final int steps;
    private final boolean keeping;

    /// `[steps][paddedRows(inputs)][width]`
    private final float[] inputs;

    /// `[steps + 1][hidden][width]` when keeping, else `[2][hidden][width]`, used in turn
    private final float[] states;

    /// `[steps][4][hidden][width]` when keeping, else `[4][hidden][width]`
    private final float[] gates;

    /// `[hidden][width]`, what a state is multiplied by on its way into the gates; empty until one is loaded
    private float[] recurrentMask = {};

    /// `[steps][hidden][width]` when keeping, else `[hidden][width]`: states times that mask
    private float[] masked = {};

    private boolean dropping;
    private int width;

    /// A tape for `steps` steps of tiles of any width.
    public GruTape(GruLayout layout, int steps, boolean keeping) {
        this.layout = layout;
        this.steps = steps;
        this.keeping = keeping;
        int state = layout.hidden() * Lanes.WIDEST_TILE;
        this.inputs = new float[steps * Lanes.paddedRows(layout.inputs()) * Lanes.WIDEST_TILE];
        this.states = new float[(keeping ? steps + 1 : 2) * state];
        this.gates = new float[(keeping ? steps : 1) * GruGates.SLOTS * state];
    }

    /// Starts a tile of `tileWidth` lanes: zeroes inputs and initial state.
    public void begin(int tileWidth) {
        this.width = tileWidth;
        Arrays.fill(inputs, 0, steps * inputStep(), 0f);
        Arrays.fill(states, 0, stateSize(), 0f);
        this.dropping = false;
    }

    /// Copies a window's recurrent mask `[hidden]` of an array into a lane; all lanes of the tile must get one.
    public void loadRecurrentMask(float[] source, int sourceAt, int lane) {
        if (recurrentMask.length == 0) {
            int state = layout.hidden() * Lanes.WIDEST_TILE;
            recurrentMask = new float[state];
            masked = new float[(keeping ? steps : 1) * state];
        }
        dropping = true;
        for (int unit = 0; unit < layout.hidden(); unit++) {
            recurrentMask[unit * width + lane] = source[sourceAt + unit];
        }
    }

    /// True when the present tile has a recurrent mask.
    boolean dropping() {
        return dropping;
    }

    float[] recurrentMask() {
        return recurrentMask;
    }

    /// What the gates see of the states: themselves, or masked copies; to be read from [#seenAt].
    float[] seen() {
        return dropping ? masked : states;
    }

    int seenAt(int step) {
        return dropping ? (keeping ? step * stateSize() : 0) : stateAt(step);
    }

    /// Masks the state before `step`, where the tile has a mask.
    void see(int step) {
        if (dropping) {
            GruGates.multiply(states, stateAt(step), recurrentMask, masked, seenAt(step), stateSize());
        }
    }

    /// Lanes of the present tile.
    public int width() {
        return width;
    }

    /// Most steps of a tile.
    public int steps() {
        return steps;
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

    /// Offset of the state before `step`, which is the one after `step - 1`.
    public int stateAt(int step) {
        return (keeping ? step : step & 1) * stateSize();
    }

    int gatesStep() {
        return GruGates.SLOTS * stateSize();
    }

    int gatesAt(int step) {
        return keeping ? step * gatesStep() : 0;
    }

    /// Copies a window's inputs `[steps][inputs]` of an array into a lane.
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

    /// Zeroes a lane's inputs at one step: what is not there must not reach a weight, not even as NaN.
    public void clearInputs(int step, int lane) {
        for (int feature = 0; feature < layout.inputs(); feature++) {
            inputs[inputAt(step) + feature * width + lane] = 0f;
        }
    }

    /// Copies a window's initial state `[hidden]` of an array into a lane.
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
