package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/// A simple recurrent network: `h' = activation(W x + U h + b)`.
///
/// @param rectified whether the activation is max(0, x) instead of tanh
public record RnnGates(boolean rectified) implements CellGates {

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public int gateSlots() {
        return 1;
    }

    @Override
    public int stateSlots() {
        return 1;
    }

    @Override
    public void activate(StepTape tape, int step) {
        float[] gates = tape.gates();
        int at = tape.gatesAt(step);
        int size = tape.stateSize();
        if (rectified) {
            Activations.relu(gates, at, size);
        } else {
            Activations.tanh(gates, at, size);
        }
        System.arraycopy(gates, at, tape.states(), tape.stateAt(step + 1), size);
    }

    /// At these values the activations have the slope zero.
    @Override
    public void carryMasked(StepTape tape, int step) {
        StepMask.carry(tape, step, tape.stateSize());
        StepMask.setAbsent(tape, step, tape.gatesAt(step), tape.stateSize(), rectified ? 0f : 1f);
    }

    @Override
    public void backward(StepTape tape, int step, float[] stateGradient) {
        if (rectified) {
            throughRelu(tape.gates(), tape.gatesAt(step), stateGradient, tape.stateSize());
        } else {
            throughTanh(tape.gates(), tape.gatesAt(step), stateGradient, tape.stateSize());
        }
        StepMask.keepAbsent(tape, step, stateGradient);
    }

    private static void throughTanh(float[] gates, int at, float[] stateGradient, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector gradient = fromArray(SPECIES, stateGradient, i);
            FloatVector h = fromArray(SPECIES, gates, at + i);
            gradient.sub(gradient.mul(h).mul(h)).intoArray(gates, at + i);
        }
    }

    private static void throughRelu(float[] gates, int at, float[] stateGradient, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector h = fromArray(SPECIES, gates, at + i);
            fromArray(SPECIES, stateGradient, i).blend(0f, h.compare(LE, 0f)).intoArray(gates, at + i);
        }
    }
}
