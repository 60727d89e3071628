package dev.headwater.kernels.internal;

import java.util.Arrays;

/// The gradient of a state through the recurrent weights. Each worker needs its own.
final class RecurrentGradient {
    private final Transposed recurrent;

    /// `[rows][width]`: gradient of the masked state that the recurrent weights read; empty until the first mask
    private float[] seen = {};

    /// @param recurrent transposed recurrent weights, `[rows][gate rows]`
    RecurrentGradient(Transposed recurrent) {
        this.recurrent = recurrent;
    }

    /// Adds what the tape's gradients of the gates from `gatesAt` give.
    ///
    /// @param stateGradient `[rows][width]`
    void add(StepTape tape, int gatesAt, float[] stateGradient) {
        int width = tape.width();
        if (!tape.masked()) {
            recurrent.addProduct(tape.gates(), gatesAt, stateGradient, width);
            return;
        }
        seen = seen.length == 0 ? new float[recurrent.view().rows() * Lanes.WIDEST_TILE] : seen;
        Arrays.fill(seen, 0, tape.stateSize(), 0f);
        recurrent.addProduct(tape.gates(), gatesAt, seen, width);
        TileMask.addProduct(seen, tape.recurrentMask(), stateGradient, tape.stateSize());
    }
}
