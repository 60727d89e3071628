package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static dev.headwater.kernels.internal.LstmLayout.GATES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// Forward pass of one LSTM for a single window, with hidden units across the lanes: `i, f, o = s(..), g =
/// tanh(..), c' = f c + i g, h' = o tanh(c')`. Immutable; buffers come from the caller.
public final class OneWindowLstm {
    private final int inputs;
    private final int hidden;

    /// Hidden units rounded up to whole vectors; lanes beyond `hidden` hold zero weights and so stay zero
    private final int slot;

    /// From `[inputs + hidden]` to `[4][slot]`: one product instead of two per step
    private final RowProjection projection;

    /// Copies the parameters at `layout` of a flat array.
    public OneWindowLstm(LstmLayout layout, float[] parameters) {
        this.inputs = layout.inputs();
        this.hidden = layout.hidden();
        this.slot = GroupGru.slotSize(hidden);
        int width = inputs + hidden;
        int biasAt = GATES * slot * width;
        float[] joined = new float[biasAt + GATES * slot]; // [4][slot][inputs + hidden], then [4][slot]
        for (int row = 0; row < layout.gateRows(); row++) {
            int to = row / hidden * slot + row % hidden;
            System.arraycopy(parameters, layout.offset() + row * inputs, joined, to * width, inputs);
            System.arraycopy(parameters, layout.recurrentOffset() + row * hidden, joined, to * width + inputs, hidden);
            joined[biasAt + to] = parameters[layout.biasOffset() + row];
        }
        this.projection = new RowProjection(joined, 0, biasAt, width, GATES * slot);
    }

    /// One step in place.
    ///
    /// @param in     inputs `[inputs]` from `inAt`
    /// @param row    scratch, at least `[inputs + hidden]`
    /// @param gates  scratch `[4][slot]`
    /// @param state  `[slot]`, replaced by the next state
    /// @param memory `[slot]`, the cell state c, replaced by the next one
    public void step(float[] in, int inAt, float[] row, float[] gates, float[] state, float[] memory) {
        System.arraycopy(in, inAt, row, 0, inputs);
        System.arraycopy(state, 0, row, inputs, hidden);
        projection.apply(row, 0, gates);
        Activations.sigmoid(gates, 0, 2 * slot);
        Activations.tanh(gates, 2 * slot, slot);
        Activations.sigmoid(gates, 3 * slot, slot);
        remember(gates, memory);
        System.arraycopy(memory, 0, state, 0, slot);
        Activations.tanh(state, 0, slot);
        output(gates, state);
    }

    /// `c' = f c + i g` in place.
    private void remember(float[] gates, float[] memory) {
        for (int unit = 0; unit < slot; unit += LENGTH) {
            FloatVector added = fromArray(SPECIES, gates, unit).mul(fromArray(SPECIES, gates, 2 * slot + unit));
            fromArray(SPECIES, gates, slot + unit)
                    .fma(fromArray(SPECIES, memory, unit), added)
                    .intoArray(memory, unit);
        }
    }

    /// `h' = o tanh(c')` in place of `tanh(c')`.
    private void output(float[] gates, float[] state) {
        for (int unit = 0; unit < slot; unit += LENGTH) {
            fromArray(SPECIES, gates, 3 * slot + unit)
                    .mul(fromArray(SPECIES, state, unit))
                    .intoArray(state, unit);
        }
    }
}
