package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.StepTape;
import dev.headwater.kernels.internal.TapeShape;
import org.jspecify.annotations.Nullable;

/// A caller's sequences for a [SequenceKernel]; loads them into tiles, one lane per sequence, and stores results
/// back.
///
/// @param x             `[batch][steps][inputs]`
/// @param mask          `[batch][steps]`, 0 where a step is absent; null when every step is present
/// @param h0            `[batch][hidden]`, null for zero
/// @param recurrentMask `[batch][hidden]`, factors of the state before it enters the gates; null for none
/// @param out           `[batch][steps][hidden]`, written: the state after each step
record SequenceBatch(
        float[] x,
        float @Nullable [] mask,
        float @Nullable [] h0,
        float @Nullable [] recurrentMask,
        int batch,
        int steps,
        float[] out) {

    /// @throws IllegalArgumentException when the batch is negative, the steps are below 1, or an array is too
    ///     short
    void require(TapeShape shape) {
        if (batch < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "batch must be at least 0 and steps at least 1, found " + batch + " and " + steps);
        }
        requireLength("x", x, batch * steps * shape.inputs());
        requireLength("out", out, batch * steps * shape.units());
        requireLength("mask", mask, batch * steps);
        requireLength("h0", h0, batch * shape.units());
        requireLength("recurrentMask", recurrentMask, batch * shape.units());
    }

    /// @param array null when the caller gave none
    static void requireLength(String name, float @Nullable [] array, int least) {
        if (array != null && array.length < least) {
            throw new IllegalArgumentException(
                    name + " must hold at least " + least + " floats, found " + array.length);
        }
    }

    /// Starts a tile: loads what holds for all steps into a tape's lanes.
    ///
    /// @param first sequence of lane 0
    /// @param count sequences of the tile
    void begin(StepTape tape, int first, int count) {
        tape.begin(Lanes.tileWidth(count));
        if (mask != null) {
            tape.beginStepMask();
        }
        if (recurrentMask != null) {
            tape.beginMask();
        }
        int units = tape.shape().units();
        for (int lane = 0; lane < count; lane++) {
            if (h0 != null) {
                tape.loadInitialState(h0, (first + lane) * units, lane);
            }
            if (recurrentMask != null) {
                tape.loadMask(recurrentMask, (first + lane) * units, lane);
            }
        }
    }

    /// Loads a step of the tile's sequences.
    void loadStep(StepTape tape, int first, int count, int step) {
        for (int lane = 0; lane < count; lane++) {
            int at = (first + lane) * steps + step;
            tape.loadInput(x, at * tape.shape().inputs(), step, lane);
            if (mask != null) {
                tape.markStep(step, lane, mask[at]);
            }
        }
    }

    /// Copies the states after a step from a tape's lanes to the output.
    void storeStates(StepTape tape, int first, int count, int step) {
        for (int lane = 0; lane < count; lane++) {
            tape.storeState(
                    step + 1,
                    lane,
                    out,
                    ((first + lane) * steps + step) * tape.shape().units());
        }
    }
}
