package dev.headwater.forecasting.gru.internal;

import static dev.headwater.forecasting.gru.internal.Lanes.LENGTH;
import static dev.headwater.forecasting.gru.internal.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The element-wise half of a GRU step, forward and backward, in PyTorch's ("reset after") semantics:
/// `r = s(..), z = s(..), n = tanh(nx + r nh), h' = (1 - z) n + z h`.
///
/// A step's gates lie in four slots of equal size, `[nh, r, z, nx]`: the recurrent projection's rows (nh, r, z) and
/// the input projection's rows (r, z, nx) are both contiguous, so that either is one matrix product, and the backward
/// pass can replace values by gradients in place.
public final class GruGates {
    /// Slots of a step's gates.
    public static final int SLOTS = 4;

    private GruGates() {}

    /// Next state from the gates' pre-activations, which are left as they are.
    ///
    /// @param gates `[4][size]` from `at`
    /// @param previous `[size]` from `previousAt`
    /// @param next `[size]` from `nextAt`
    /// @param size elements of a slot, a multiple of [Lanes#LENGTH]
    public static void activate(
            float[] gates, int at, float[] previous, int previousAt, float[] next, int nextAt, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector r = Activations.sigmoid(load(gates, at + size + i));
            FloatVector z = Activations.sigmoid(load(gates, at + 2 * size + i));
            FloatVector n = candidate(r, load(gates, at + i), load(gates, at + 3 * size + i));
            nextState(z, n, load(previous, previousAt + i)).intoArray(next, nextAt + i);
        }
    }

    /// As [#activate], leaving the gates' values `[nh, r, z, n]` in place of the pre-activations.
    public static void activateKeeping(
            float[] gates, int at, float[] previous, int previousAt, float[] next, int nextAt, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector r = Activations.sigmoid(load(gates, at + size + i));
            FloatVector z = Activations.sigmoid(load(gates, at + 2 * size + i));
            FloatVector n = candidate(r, load(gates, at + i), load(gates, at + 3 * size + i));
            nextState(z, n, load(previous, previousAt + i)).intoArray(next, nextAt + i);
            r.intoArray(gates, at + size + i);
            z.intoArray(gates, at + 2 * size + i);
            n.intoArray(gates, at + 3 * size + i);
        }
    }

    /// Carries the state over in windows whose mask is zero. Writing z = 1 and n = h there makes the backward pass
    /// right without a mask: every gate gradient is zero and the state's gradient passes through.
    ///
    /// @param mask `[width]` from `maskAt`
    /// @param gates `[4][hidden][width]` from `at`, after [#activateKeeping]
    /// @param previous state `[hidden][width]` before the step
    /// @param next state `[hidden][width]` after the step
    public static void carryMasked(
            float[] mask,
            int maskAt,
            int width,
            float[] gates,
            int at,
            float[] previous,
            int previousAt,
            float[] next,
            int nextAt,
            int size) {
        for (int column = 0; column < width; column += LENGTH) {
            VectorMask<Float> absent = load(mask, maskAt + column).compare(EQ, 0f);
            for (int i = column; absent.anyTrue() && i < size; i += width) {
                FloatVector state = load(previous, previousAt + i);
                int z = at + 2 * size + i;
                int n = at + 3 * size + i;
                load(next, nextAt + i).blend(state, absent).intoArray(next, nextAt + i);
                load(gates, z).blend(1f, absent).intoArray(gates, z);
                load(gates, n).blend(state, absent).intoArray(gates, n);
            }
        }
    }

    /// Backward: replaces the gates' values by the gradients of their pre-activations, `[d nh, d r, d z, d nx]`, and
    /// the gradient of the next state by the part of the previous state's gradient that passes by z.
    ///
    /// @param gates `[4][size]` from `at`, as [#activateKeeping] left them
    /// @param previous state before the step, `[size]` from `previousAt`
    /// @param stateGradient `[size]`
    public static void backward(
            float[] gates, int at, float[] previous, int previousAt, float[] stateGradient, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            FloatVector gradient = load(stateGradient, i);
            FloatVector nh = load(gates, at + i);
            FloatVector r = load(gates, at + size + i);
            FloatVector z = load(gates, at + 2 * size + i);
            FloatVector n = load(gates, at + 3 * size + i);
            FloatVector passing = gradient.mul(z);
            FloatVector toCandidate = gradient.sub(passing);
            FloatVector dn = toCandidate.sub(toCandidate.mul(n).mul(n));
            FloatVector dnh = dn.mul(r);
            FloatVector dr = dnh.mul(nh);
            dnh.intoArray(gates, at + i);
            dr.sub(dr.mul(r)).intoArray(gates, at + size + i);
            load(previous, previousAt + i).sub(n).mul(toCandidate).mul(z).intoArray(gates, at + 2 * size + i);
            dn.intoArray(gates, at + 3 * size + i);
            passing.intoArray(stateGradient, i);
        }
    }

    /// `out[i] = in[i] * mask[i]`.
    static void multiply(float[] in, int inAt, float[] mask, float[] out, int outAt, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            load(in, inAt + i).mul(load(mask, i)).intoArray(out, outAt + i);
        }
    }

    /// `out[i] += in[i] * mask[i]`.
    static void addProduct(float[] in, float[] mask, float[] out, int size) {
        for (int i = 0; i < size; i += LENGTH) {
            load(in, i).fma(load(mask, i), load(out, i)).intoArray(out, i);
        }
    }

    private static FloatVector candidate(FloatVector r, FloatVector nh, FloatVector nx) {
        return Activations.tanh(r.fma(nh, nx));
    }

    private static FloatVector nextState(FloatVector z, FloatVector n, FloatVector previous) {
        return z.fma(previous.sub(n), n);
    }

    private static FloatVector load(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
