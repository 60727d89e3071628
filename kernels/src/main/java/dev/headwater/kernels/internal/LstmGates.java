package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/// An LSTM: `c' = f c + i g, h' = o tanh(c')`. A step's gates lie in slots of equal size, `[i, f, g, o, tanh(c')]`, and
/// its state in `[h, c]`.
public record LstmGates() implements CellGates {
    /// Gates of a unit.
    public static final int GATES = 4;

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public int gateSlots() {
        return GATES + 1;
    }

    @Override
    public int stateSlots() {
        return 2;
    }

    @Override
    public void activate(StepTape tape, int step) {
        float[] gates = tape.gates();
        int at = tape.gatesAt(step);
        int size = tape.stateSize();
        int cell = at + 4 * size;
        int next = tape.stateAt(step + 1);
        Activations.sigmoid(gates, at, 2 * size);
        Activations.tanh(gates, at + 2 * size, size);
        Activations.sigmoid(gates, at + 3 * size, size);
        nextCell(gates, at, tape.states(), tape.stateAt(step) + size, next + size, size);
        Activations.tanh(gates, cell, size);
        output(gates, cell, tape.states(), next, size);
    }

    /// `c' = f c + i g`, to the states and to the slot of tanh(c').
    private static void nextCell(float[] gates, int at, float[] states, int previous, int next, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector written = fromArray(SPECIES, gates, at + i).mul(fromArray(SPECIES, gates, at + 2 * size + i));
            FloatVector forget = fromArray(SPECIES, gates, at + size + i);
            FloatVector cell = forget.fma(fromArray(SPECIES, states, previous + i), written);
            cell.intoArray(states, next + i);
            cell.intoArray(gates, at + 4 * size + i);
        }
    }

    private static void output(float[] gates, int cell, float[] states, int next, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            fromArray(SPECIES, gates, cell - size + i)
                    .mul(fromArray(SPECIES, gates, cell + i))
                    .intoArray(states, next + i);
        }
    }

    /// With i = 0, f = 1 and o = 0 no gate has a gradient, and that of the cell state passes through.
    @Override
    public void carryMasked(StepTape tape, int step) {
        int size = tape.stateSize();
        int at = tape.gatesAt(step);
        StepMask.carry(tape, step, 2 * size);
        StepMask.setAbsent(tape, step, at, size, 0f);
        StepMask.setAbsent(tape, step, at + size, size, 1f);
        StepMask.setAbsent(tape, step, at + 3 * size, size, 0f);
    }

    @Override
    public void backward(StepTape tape, int step, float[] stateGradient) {
        int size = tape.stateSize();
        float[] states = tape.states();
        backward(tape.gates(), tape.gatesAt(step), states, tape.stateAt(step) + size, stateGradient, size);
        StepMask.keepAbsent(tape, step, stateGradient);
    }

    private static void backward(float[] gates, int at, float[] states, int previous, float[] gradients, int size) {
        for (int k = 0; k < size; k += LENGTH) {
            FloatVector i = fromArray(SPECIES, gates, at + k);
            FloatVector f = fromArray(SPECIES, gates, at + size + k);
            FloatVector g = fromArray(SPECIES, gates, at + 2 * size + k);
            FloatVector o = fromArray(SPECIES, gates, at + 3 * size + k);
            FloatVector tanh = fromArray(SPECIES, gates, at + 4 * size + k);
            FloatVector dh = fromArray(SPECIES, gradients, k);
            FloatVector dho = dh.mul(o);
            FloatVector dc = fromArray(SPECIES, gradients, size + k)
                    .add(dho.sub(dho.mul(tanh).mul(tanh)));
            FloatVector di = dc.mul(g).mul(i);
            FloatVector df = dc.mul(fromArray(SPECIES, states, previous + k)).mul(f);
            FloatVector dg = dc.mul(i);
            FloatVector dout = dho.mul(tanh);
            di.sub(di.mul(i)).intoArray(gates, at + k);
            df.sub(df.mul(f)).intoArray(gates, at + size + k);
            dg.sub(dg.mul(g).mul(g)).intoArray(gates, at + 2 * size + k);
            dout.sub(dout.mul(o)).intoArray(gates, at + 3 * size + k);
            dc.mul(f).intoArray(gradients, size + k);
        }
    }
}
