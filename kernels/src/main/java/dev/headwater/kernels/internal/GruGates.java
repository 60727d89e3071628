package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The element-wise half of a GRU step, forward and backward, in PyTorch's ("reset after") semantics: `r = s(..),
/// z = s(..), n = tanh(nx + r nh), h' = (1 - z) n + z h`. A step's gates lie in four slots of equal size, `[nh, r,
/// z, nx]`. The rows of the recurrent projection (nh, r, z) and of the input projection (r, z, nx) are both
/// contiguous, so that each is one matrix product, and the backward pass can replace values by gradients in place.
public final class GruGates {
    /// Slots of a step's gates.
    public static final int SLOTS = 4;

    private GruGates() {}

    /// Computes the next state from the gates' pre-activations and overwrites these with the gates' values
    /// `[nh, r, z, n]`.
    ///
    /// @param gates `[4][size]` from `at`, gates `slot` apart
    /// @param previous `[size]` from `previousAt`
    /// @param next `[size]` from `nextAt`; may be `previous`
    /// @param size elements of a gate, a multiple of [Lanes#LENGTH]
    /// @param rectified whether the candidate is max(0, x) instead of tanh
    public static void activate(
            float[] gates,
            int at,
            int slot,
            float[] previous,
            int previousAt,
            float[] next,
            int nextAt,
            int size,
            boolean rectified) {
        activate(gates, at, slot, size, rectified);
        nextState(gates, at + 2 * slot, at + 3 * slot, previous, previousAt, next, nextAt, size);
    }

    /// The first half of the above: gates, but no state.
    static void activate(float[] gates, int at, int slot, int size, boolean rectified) {
        int n = at + 3 * slot;
        if (slot == size) {
            Activations.sigmoid(gates, at + slot, 2 * size);
        } else {
            Activations.sigmoid(gates, at + slot, size);
            Activations.sigmoid(gates, at + 2 * slot, size);
        }
        addRecurrent(gates, at, slot, size);
        if (rectified) {
            Activations.relu(gates, n, size);
        } else {
            Activations.tanh(gates, n, size);
        }
    }

    /// `nx += r nh`.
    private static void addRecurrent(float[] gates, int at, int slot, int size) {
        for (int nh = at; nh < at + size; nh += LENGTH) {
            int nx = nh + 3 * slot;
            FloatVector r = fromArray(SPECIES, gates, nh + slot);
            r.fma(fromArray(SPECIES, gates, nh), fromArray(SPECIES, gates, nx)).intoArray(gates, nx);
        }
    }

    /// The second half: `h' = (1 - z) n + z h` from `[size]` each.
    static void nextState(
            float[] gates, int z, int n, float[] previous, int previousAt, float[] next, int nextAt, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector candidate = fromArray(SPECIES, gates, n + i);
            FloatVector change = fromArray(SPECIES, previous, previousAt + i).sub(candidate);
            fromArray(SPECIES, gates, z + i).fma(change, candidate).intoArray(next, nextAt + i);
        }
    }

    /// Carries the state over in windows whose mask is zero. Writing z = 1 and n = h there makes the backward
    /// pass correct without a mask: every gate gradient is zero and the state's gradient passes through.
    ///
    /// @param mask `[width]` from `maskAt`
    /// @param gates `[4][size]` from `at`, gates `slot` apart, after [#activate]
    /// @param previous `[size]`, state of some units before the step, `[unit][width]`
    /// @param next `[size]`, their state after the step
    public static void carryMasked(
            float[] mask,
            int maskAt,
            int width,
            float[] gates,
            int at,
            int slot,
            float[] previous,
            int previousAt,
            float[] next,
            int nextAt,
            int size) {
        for (int column = 0; column < width; column += LENGTH) {
            VectorMask<Float> absent = fromArray(SPECIES, mask, maskAt + column).compare(EQ, 0f);
            for (int i = column; absent.anyTrue() && i < size; i += width) {
                FloatVector state = fromArray(SPECIES, previous, previousAt + i);
                int z = at + 2 * slot + i;
                int n = at + 3 * slot + i;
                fromArray(SPECIES, next, nextAt + i).blend(state, absent).intoArray(next, nextAt + i);
                fromArray(SPECIES, gates, z).blend(1f, absent).intoArray(gates, z);
                fromArray(SPECIES, gates, n).blend(state, absent).intoArray(gates, n);
            }
        }
    }

    /// Backward: replaces the gates' values by the gradients of their pre-activations, `[d nh, d r, d z, d nx]`,
    /// and the gradient of the next state by the part of the previous state's gradient that passes through z.
    ///
    /// @param gates `[4][size]` from `at`, as [#activate] left them
    /// @param previous state before the step, `[size]` from `previousAt`
    /// @param stateGradient `[size]`
    /// @param rectified as in [#activate]
    public static void backward(
            float[] gates,
            int at,
            float[] previous,
            int previousAt,
            float[] stateGradient,
            int size,
            boolean rectified) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector gradient = fromArray(SPECIES, stateGradient, i);
            FloatVector nh = fromArray(SPECIES, gates, at + i);
            FloatVector r = fromArray(SPECIES, gates, at + size + i);
            FloatVector z = fromArray(SPECIES, gates, at + 2 * size + i);
            FloatVector n = fromArray(SPECIES, gates, at + 3 * size + i);
            FloatVector passing = gradient.mul(z);
            FloatVector toCandidate = gradient.sub(passing);
            FloatVector dn = rectified
                    ? toCandidate.blend(0f, n.compare(LE, 0f))
                    : toCandidate.sub(toCandidate.mul(n).mul(n));
            FloatVector dnh = dn.mul(r);
            FloatVector dr = dnh.mul(nh);
            dnh.intoArray(gates, at + i);
            dr.sub(dr.mul(r)).intoArray(gates, at + size + i);
            fromArray(SPECIES, previous, previousAt + i)
                    .sub(n)
                    .mul(toCandidate)
                    .mul(z)
                    .intoArray(gates, at + 2 * size + i);
            dn.intoArray(gates, at + 3 * size + i);
            passing.intoArray(stateGradient, i);
        }
    }
}
