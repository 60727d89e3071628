package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// Sigmoid and tanh as one odd rational function: the 13/6 minimax quotient of Eigen (`generic_fast_tanh_float`,
/// Eigen/src/Core/MathFunctionsImpl.h). Absolute error below 5e-7 over the whole range.
///
/// NaN stays NaN: the clamp is a comparison and a blend, which pass NaN through, and no bits are assembled by
/// hand. `min` and `max` need more instructions because they follow Java's rules for NaN and -0.
///
/// Each function is one loop over an array, and no method here takes or returns a vector. The compiler always
/// inlines the methods of the Vector API, but inlines this project's methods only until the inlining budget of
/// a compiled method is spent; after that, their vectors would be allocated on the heap.
final class Activations {
    /// Beyond this the quotient would leave [-1, 1]; here tanh is within 3e-7 of its limit.
    private static final float CLAMP = 7.90531110763549805f;

    /// Squares up to this need no clamp: slightly below the square of [#CLAMP]
    private static final float CLAMP_NEAR = 62f;

    private static final FloatVector HIGHEST = constant(CLAMP);
    private static final FloatVector LOWEST = constant(-CLAMP);
    private static final FloatVector P1 = constant(4.89352455891786e-03f);
    private static final FloatVector P3 = constant(6.37261928875436e-04f);
    private static final FloatVector P5 = constant(1.48572235717979e-05f);
    private static final FloatVector P7 = constant(5.12229709037114e-08f);
    private static final FloatVector P9 = constant(-8.60467152213735e-11f);
    private static final FloatVector P11 = constant(2.00018790482477e-13f);
    private static final FloatVector P13 = constant(-2.76076847742355e-16f);
    private static final FloatVector Q0 = constant(4.89352518554385e-03f);
    private static final FloatVector Q2 = constant(2.26843463243900e-03f);
    private static final FloatVector Q4 = constant(1.18534705686654e-04f);
    private static final FloatVector Q6 = constant(1.19825839466702e-06f);

    private Activations() {}

    /// Replaces each value by its hyperbolic tangent.
    ///
    /// @param values `[size]` from `at`
    /// @param size a multiple of [Lanes#LENGTH]
    static void tanh(float[] values, int at, int size) {
        apply(values, at, size, 1f, 1f, 0f);
    }

    /// Replaces each value by its logistic sigmoid, computed as (1 + tanh(x / 2)) / 2.
    ///
    /// @param values `[size]` from `at`
    /// @param size a multiple of [Lanes#LENGTH]
    static void sigmoid(float[] values, int at, int size) {
        apply(values, at, size, 0.5f, 0.5f, 0.5f);
    }

    /// Replaces each value by max(0, value); NaN stays NaN.
    ///
    /// @param values `[size]` from `at`
    /// @param size a multiple of [Lanes#LENGTH]
    static void relu(float[] values, int at, int size) {
        for (int i = at; i < at + size; i += LENGTH) {
            FloatVector x = fromArray(SPECIES, values, i);
            x.blend(0f, x.compare(LT, 0f)).intoArray(values, i);
        }
    }

    /// Replaces each value by `gain * tanh(slope * value) + shift`.
    private static void apply(float[] values, int at, int size, float slope, float gain, float shift) {
        FloatVector gains = constant(gain);
        FloatVector shifts = constant(shift);
        for (int i = at; i < at + size; i += LENGTH) {
            FloatVector x = fromArray(SPECIES, values, i).mul(slope);
            FloatVector square = x.mul(x);
            if (square.compare(GT, CLAMP_NEAR).anyTrue()) {
                x = x.blend(HIGHEST, x.compare(GT, HIGHEST));
                x = x.blend(LOWEST, x.compare(LT, LOWEST));
                square = x.mul(x);
            }
            FloatVector numerator = square.fma(P13, P11)
                    .fma(square, P9)
                    .fma(square, P7)
                    .fma(square, P5)
                    .fma(square, P3)
                    .fma(square, P1);
            FloatVector denominator = square.fma(Q6, Q4).fma(square, Q2).fma(square, Q0);
            numerator.mul(x).div(denominator).fma(gains, shifts).intoArray(values, i);
        }
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
