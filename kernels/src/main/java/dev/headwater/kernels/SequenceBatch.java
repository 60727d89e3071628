package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.GruTape;
import dev.headwater.kernels.internal.Lanes;
import org.jspecify.annotations.Nullable;

/// A caller's sequences for a [GruSequence]; loads them into tiles, one lane per sequence, and stores results
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
    void require(GruLayout layout) {
        if (batch < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "batch must be at least 0 and steps at least 1, found " + batch + " and " + steps);
        }
        requireLength("x", x, batch * steps * layout.inputs());
        requireLength("out", out, batch * steps * layout.hidden());
        requireLength("mask", mask, batch * steps);
        requireLength("h0", h0, batch * layout.hidden());
        requireLength("recurrentMask", recurrentMask, batch * layout.hidden());
    }

    /// @param array null when the caller gave none
    static void requireLength(String name, float @Nullable [] array, int least) {
        if (array != null && array.length < least) {
            throw new IllegalArgumentException(
                    name + " must hold at least " + least + " floats, found " + array.length);
        }
    }

    /// Loads sequences into a tape's lanes, and their masks into a tile.
    ///
    /// @param first     sequence of lane 0
    /// @param count     sequences of the tile
    /// @param maskTiles `[steps][WIDEST_TILE]` from `maskAt` on; unchanged without a mask
    void load(GruTape tape, GruLayout layout, int first, int count, float[] maskTiles, int maskAt) {
        tape.begin(Lanes.tileWidth(count));
        if (recurrentMask != null) {
            tape.beginMask();
        }
        for (int lane = 0; lane < count; lane++) {
            int sequence = first + lane;
            tape.loadInputs(x, sequence * steps * layout.inputs(), steps, lane);
            if (h0 != null) {
                tape.loadInitialState(h0, sequence * layout.hidden(), lane);
            }
            if (recurrentMask != null) {
                tape.loadMask(recurrentMask, sequence * layout.hidden(), lane);
            }
            if (mask != null) {
                loadMask(tape, mask, sequence * steps, lane, maskTiles, maskAt);
            }
        }
    }

    private void loadMask(GruTape tape, float[] present, int from, int lane, float[] maskTiles, int maskAt) {
        for (int step = 0; step < steps; step++) {
            maskTiles[maskAt + step * Lanes.WIDEST_TILE + lane] = present[from + step];
            if (present[from + step] == 0f) {
                tape.clearInputs(step, lane);
            }
        }
    }

    /// Copies the states after a step from a tape's lanes to the output.
    void storeStates(GruTape tape, GruLayout layout, int first, int count, int step) {
        for (int lane = 0; lane < count; lane++) {
            tape.storeState(step + 1, lane, out, ((first + lane) * steps + step) * layout.hidden());
        }
    }
}
