package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.VectorMask;

/// What happens in the lanes of a tile whose step is absent.
final class StepMask {
    private StepMask() {}

    /// Carries the first `size` elements of the state over from before `step` to after it.
    static void carry(StepTape tape, int step, int size) {
        float[] states = tape.states();
        int change = tape.stateAt(step) - tape.stateAt(step + 1);
        int next = tape.stateAt(step + 1);
        for (int column = 0; column < tape.width(); column += LENGTH) {
            int mask = tape.stepMaskAt(step) + column;
            blend(tape.stepMask(), mask, states, next + column, change, size - column, tape.width());
        }
    }

    /// Replaces a column's elements by those `change` further on where the mask is zero.
    private static void blend(float[] mask, int maskAt, float[] values, int at, int change, int size, int width) {
        VectorMask<Float> absent = fromArray(SPECIES, mask, maskAt).compare(EQ, 0f);
        for (int i = at; i < at + size; i += width) {
            fromArray(SPECIES, values, i)
                    .blend(fromArray(SPECIES, values, i + change), absent)
                    .intoArray(values, i);
        }
    }

    /// Replaces elements of the step's gates by a value.
    static void setAbsent(StepTape tape, int step, int at, int size, float value) {
        for (int column = 0; column < tape.width(); column += LENGTH) {
            int mask = tape.stepMaskAt(step) + column;
            set(tape.stepMask(), mask, tape.gates(), at + column, size - column, tape.width(), value);
        }
    }

    private static void set(float[] mask, int maskAt, float[] values, int at, int size, int width, float value) {
        VectorMask<Float> absent = fromArray(SPECIES, mask, maskAt).compare(EQ, 0f);
        for (int i = at; i < at + size; i += width) {
            fromArray(SPECIES, values, i).blend(value, absent).intoArray(values, i);
        }
    }

    /// Zeroes the gradient `[rows][width]` of the state except where the step is absent.
    static void keepAbsent(StepTape tape, int step, float[] stateGradient) {
        if (!tape.stepMasked()) {
            Arrays.fill(stateGradient, 0, tape.stateSize(), 0f);
            return;
        }
        for (int column = 0; column < tape.width(); column += LENGTH) {
            int mask = tape.stepMaskAt(step) + column;
            zero(tape.stepMask(), mask, stateGradient, column, tape.stateSize() - column, tape.width());
        }
    }

    private static void zero(float[] mask, int maskAt, float[] values, int at, int size, int width) {
        VectorMask<Float> present = fromArray(SPECIES, mask, maskAt).compare(NE, 0f);
        for (int i = at; i < at + size; i += width) {
            fromArray(SPECIES, values, i).blend(0f, present).intoArray(values, i);
        }
    }
}
