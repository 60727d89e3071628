package dev.headwater.kernels.internal;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Inputs, states and gates of one recurrent cell over the steps of one tile. A tape that keeps all steps serves the
/// backward pass; one that does not keep them holds two states and one step's gates, enough for the forward pass.
///
/// `rows` below is [TapeShape#rows], `slots` are those of [TapeShape].
public final class StepTape {
    /// Unused rows after each step. The weight gradient reads the same few rows of all steps. With 64 units the
    /// steps would be a multiple of 4 KiB apart and would compete for the same few sets of the first-level cache.
    private static final int FREE_ROWS = 4;

    private final TapeShape shape;
    private final int rows;
    private final int steps;
    private final boolean keeping;

    /// `[steps][paddedRows(inputs)][width]`
    private final float[] inputs;

    /// `[steps + 1][inputs + slots * rows + free][width]` when keeping, else `[2][..][width]`, used alternately:
    /// before each state the inputs of its step; see [#seen]
    private final float[] states;

    /// `[steps][slots * rows + free][width]` when keeping, else `[slots * rows + free][width]`
    private final float[] gates;

    /// `[rows][width]`: factors of the states as input of the recurrent weights, the same at every step;
    /// empty until the first mask
    private float[] recurrentMask = {};

    /// `[inputs + rows][width]`: the masked state that the recurrent weights read; empty until the first mask
    private float[] seen = {};

    /// `[steps][WIDEST_TILE]`: 0 where a step is absent; empty until the first mask
    private float[] stepMask = {};

    private final int[] starts = new int[Lanes.LENGTH];
    private boolean masked;
    private boolean stepMasked;
    private int width;

    /// A tape for `steps` steps of tiles of any width.
    public StepTape(TapeShape shape, int steps, boolean keeping) {
        this.shape = shape;
        this.rows = shape.rows();
        this.steps = steps;
        this.keeping = keeping;
        int state = stateRows() * Lanes.WIDEST_TILE;
        int step = (shape.gateSlots() * rows + FREE_ROWS) * Lanes.WIDEST_TILE;
        this.inputs = new float[steps * Lanes.paddedRows(shape.inputs()) * Lanes.WIDEST_TILE];
        this.states = new float[(keeping ? steps + 1 : 2) * state];
        this.gates = new float[(keeping ? steps : 1) * step];
    }

    /// Starts a tile of `tileWidth` lanes: zeroes inputs and initial state.
    public void begin(int tileWidth) {
        this.width = tileWidth;
        this.masked = false;
        this.stepMasked = false;
        Arrays.fill(inputs, 0, steps * inputStep(), 0f);
        Arrays.fill(states, stateAt(0), stateAt(0) + shape.stateSlots() * stateSize(), 0f);
    }

    /// Sizes of a step.
    public TapeShape shape() {
        return shape;
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

    /// The mask, `[rows][width]`.
    float[] recurrentMask() {
        return recurrentMask;
    }

    /// Enables the mask on the recurrent states of the current tile; it is zero in every lane until [#loadMask].
    public void beginMask() {
        recurrentMask = recurrentMask.length == 0 ? new float[rows * Lanes.WIDEST_TILE] : recurrentMask;
        seen = seen.length == 0 ? new float[(shape.inputs() + rows) * Lanes.WIDEST_TILE] : seen;
        Arrays.fill(recurrentMask, 0, stateSize(), 0f);
        masked = true;
    }

    /// Copies a window's mask `[units]` from an array into a lane; after [#beginMask].
    public void loadMask(float[] source, int sourceAt, int lane) {
        for (int unit = 0; unit < shape.units(); unit++) {
            recurrentMask[unit * width + lane] = source[sourceAt + unit];
        }
    }

    /// Whether steps of the current tile can be absent.
    boolean stepMasked() {
        return stepMasked;
    }

    /// The mask of the steps, to be read from [#stepMaskAt].
    float[] stepMask() {
        return stepMask;
    }

    int stepMaskAt(int step) {
        return step * Lanes.WIDEST_TILE;
    }

    /// Enables the mask of the steps of the current tile.
    public void beginStepMask() {
        stepMask = stepMask.length == 0 ? new float[steps * Lanes.WIDEST_TILE] : stepMask;
        stepMasked = true;
    }

    /// Marks a lane's step as present or absent, after [#beginStepMask]. The inputs of an absent step are zeroed:
    /// an absent value must not reach a weight, not even as NaN.
    public void markStep(int step, int lane, float present) {
        stepMask[stepMaskAt(step) + lane] = present;
        if (present == 0f) {
            for (int feature = 0; feature < shape.inputs(); feature++) {
                inputs[inputAt(step) + feature * width + lane] = 0f;
            }
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

    /// Elements of one slot: rows x width.
    public int stateSize() {
        return rows * width;
    }

    int inputStep() {
        return Lanes.paddedRows(shape.inputs()) * width;
    }

    int inputAt(int step) {
        return step * inputStep();
    }

    /// Offset of the state before `step`, which is the state after `step - 1`.
    public int stateAt(int step) {
        return (keeping ? step : step & 1) * stateStep() + shape.inputs() * width;
    }

    int stateStep() {
        return stateRows() * width;
    }

    private int stateRows() {
        return shape.inputs() + shape.stateSlots() * rows + FREE_ROWS;
    }

    int gatesStep() {
        return (shape.gateSlots() * rows + FREE_ROWS) * width;
    }

    int gatesAt(int step) {
        return keeping ? step * gatesStep() : 0;
    }

    /// The state before `step` as the recurrent weights read it, `[rows][width]` from [#seenAt], and before it
    /// the step's inputs `[inputs][width]` from [#joinedAt]: both are one operand. The next call may overwrite
    /// it.
    float[] seen(int step) {
        float[] array = states;
        if (masked) {
            array = seen;
            TileMask.multiply(states, stateAt(step), recurrentMask, seen, seenAt(step), stateSize());
        }
        System.arraycopy(inputs, inputAt(step), array, joinedAt(step), shape.inputs() * width);
        return array;
    }

    int seenAt(int step) {
        return masked ? shape.inputs() * width : stateAt(step);
    }

    int joinedAt(int step) {
        return seenAt(step) - shape.inputs() * width;
    }

    /// Replaces the states before all steps by what the recurrent weights read.
    void maskStates(int count) {
        for (int step = 0; masked && step < count; step++) {
            TileMask.multiply(states, stateAt(step), recurrentMask, states, stateAt(step), stateSize());
        }
    }

    /// Copies the inputs `[steps][inputs]` of `windows` windows, which lie `distance` apart, into the first lanes.
    public void loadInputs(float[] source, int sourceAt, int distance, int sourceSteps, int windows) {
        int vectors = windows / Lanes.LENGTH * Lanes.LENGTH;
        for (int lane = 0; lane < vectors; lane += Lanes.LENGTH) {
            loadVectors(source, sourceAt + lane * distance, distance, sourceSteps, lane);
        }
        for (int lane = vectors; lane < windows; lane++) {
            for (int step = 0; step < sourceSteps; step++) {
                loadInput(source, sourceAt + lane * distance + step * shape.inputs(), step, lane);
            }
        }
    }

    private void loadVectors(float[] source, int sourceAt, int distance, int sourceSteps, int lane) {
        for (int i = 0; i < Lanes.LENGTH; i++) {
            starts[i] = i * distance;
        }
        int features = shape.inputs();
        for (int step = 0; step < sourceSteps; step++) {
            int at = inputAt(step) + lane;
            for (int feature = 0; feature < features; feature++) {
                FloatVector.fromArray(Lanes.SPECIES, source, sourceAt + step * features + feature, starts, 0)
                        .intoArray(inputs, at + feature * width);
            }
        }
    }

    /// Copies a window's inputs `[inputs]` of one step from an array into a lane.
    public void loadInput(float[] source, int sourceAt, int step, int lane) {
        int at = inputAt(step) + lane;
        for (int feature = 0; feature < shape.inputs(); feature++) {
            inputs[at + feature * width] = source[sourceAt + feature];
        }
    }

    /// Copies a window's initial state `[units]` from an array into a lane.
    public void loadInitialState(float[] source, int sourceAt, int lane) {
        for (int unit = 0; unit < shape.units(); unit++) {
            states[stateAt(0) + unit * width + lane] = source[sourceAt + unit];
        }
    }

    /// Copies a lane's state before `step` to an array `[units]`.
    public void storeState(int step, int lane, float[] target, int targetAt) {
        int at = stateAt(step) + lane;
        for (int unit = 0; unit < shape.units(); unit++) {
            target[targetAt + unit] = states[at + unit * width];
        }
    }
}
