package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Sigmoid and tanh as one odd rational function: the 13/6 minimax quotient of Eigen (`generic_fast_tanh_float`,
/// Eigen/src/Core/MathFunctionsImpl.h). Absolute error below 5e-7 over the whole range.
///
/// A division takes a processor as long as some 30 multiplications of vectors. So the denominator, positive and
/// bounded, is inverted by Newton's method from a first guess, the negated bits of the number (error 5 %: its
/// exponent changes sign, its fraction is nearly linear): a step of third order, then one of second order on the
/// quotient itself. Four vectors take each operation together: the function is one chain of operations, each of
/// which would wait for the one before.
///
/// NaN stays NaN: the clamp is a comparison and a blend, which pass NaN through, and a guess made from NaN is
/// multiplied by it. `min` and `max` of floats need more instructions because they follow Java's rules for NaN and
/// -0; squares are compared as whole numbers.
///
/// Each function is one loop over an array, and no method here takes or returns a vector. The compiler always
/// inlines the methods of the Vector API, but inlines this project's methods only until the inlining budget of
/// a compiled method is spent; after that, their vectors would be allocated on the heap.
final class Activations {
    private static final int FOUR = 4 * LENGTH;

    private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    /// Minus its bits, a negative denominator's are those of the guess of the positive one's inverse.
    private static final IntVector GUESS = IntVector.broadcast(BITS, 0xFEF311C7);

    private static final FloatVector ONE = constant(1);

    /// Beyond this the quotient would leave [-1, 1]; here tanh is within 3e-7 of its limit.
    private static final float CLAMP = 7.90531110763549805f;

    /// Squares up to this, slightly below the square of [#CLAMP], need no clamp
    private static final IntVector NEAR = IntVector.broadcast(BITS, Float.floatToRawIntBits(62f));

    private static final FloatVector HIGHEST = constant(CLAMP);
    private static final FloatVector LOWEST = constant(-CLAMP);

    /// Numerator, over the argument
    private static final FloatVector P1 = constant(4.89352455891786e-03f);

    private static final FloatVector P3 = constant(6.37261928875436e-04f);
    private static final FloatVector P5 = constant(1.48572235717979e-05f);
    private static final FloatVector P7 = constant(5.12229709037114e-08f);
    private static final FloatVector P9 = constant(-8.60467152213735e-11f);
    private static final FloatVector P11 = constant(2.00018790482477e-13f);
    private static final FloatVector P13 = constant(-2.76076847742355e-16f);

    /// Minus the denominator
    private static final FloatVector Q0 = constant(-4.89352518554385e-03f);

    private static final FloatVector Q2 = constant(-2.26843463243900e-03f);
    private static final FloatVector Q4 = constant(-1.18534705686654e-04f);
    private static final FloatVector Q6 = constant(-1.19825839466702e-06f);

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
        int fours = at + size / FOUR * FOUR;
        applyByFours(values, at, fours, slope, gain, shift);
        applyByOnes(values, fours, at + size, slope, gain, shift);
    }

    private static void applyByFours(float[] values, int from, int to, float slope, float gain, float shift) {
        FloatVector gains = constant(gain);
        FloatVector shifts = constant(shift);
        for (int i = from; i < to; i += FOUR) {
            FloatVector x0 = fromArray(SPECIES, values, i).mul(slope);
            FloatVector x1 = fromArray(SPECIES, values, i + LENGTH).mul(slope);
            FloatVector x2 = fromArray(SPECIES, values, i + 2 * LENGTH).mul(slope);
            FloatVector x3 = fromArray(SPECIES, values, i + 3 * LENGTH).mul(slope);
            FloatVector s0 = x0.mul(x0);
            FloatVector s1 = x1.mul(x1);
            FloatVector s2 = x2.mul(x2);
            FloatVector s3 = x3.mul(x3);
            IntVector largest = s0.reinterpretAsInts()
                    .max(s1.reinterpretAsInts())
                    .max(s2.reinterpretAsInts())
                    .max(s3.reinterpretAsInts());
            if (largest.compare(GT, NEAR).anyTrue()) {
                x0 = x0.blend(HIGHEST, x0.compare(GT, HIGHEST));
                x0 = x0.blend(LOWEST, x0.compare(LT, LOWEST));
                s0 = x0.mul(x0);
                x1 = x1.blend(HIGHEST, x1.compare(GT, HIGHEST));
                x1 = x1.blend(LOWEST, x1.compare(LT, LOWEST));
                s1 = x1.mul(x1);
                x2 = x2.blend(HIGHEST, x2.compare(GT, HIGHEST));
                x2 = x2.blend(LOWEST, x2.compare(LT, LOWEST));
                s2 = x2.mul(x2);
                x3 = x3.blend(HIGHEST, x3.compare(GT, HIGHEST));
                x3 = x3.blend(LOWEST, x3.compare(LT, LOWEST));
                s3 = x3.mul(x3);
            }
            FloatVector n0 = s0.fma(P13, P11);
            FloatVector n1 = s1.fma(P13, P11);
            FloatVector n2 = s2.fma(P13, P11);
            FloatVector n3 = s3.fma(P13, P11);
            n0 = n0.fma(s0, P9);
            n1 = n1.fma(s1, P9);
            n2 = n2.fma(s2, P9);
            n3 = n3.fma(s3, P9);
            n0 = n0.fma(s0, P7);
            n1 = n1.fma(s1, P7);
            n2 = n2.fma(s2, P7);
            n3 = n3.fma(s3, P7);
            n0 = n0.fma(s0, P5);
            n1 = n1.fma(s1, P5);
            n2 = n2.fma(s2, P5);
            n3 = n3.fma(s3, P5);
            n0 = n0.fma(s0, P3);
            n1 = n1.fma(s1, P3);
            n2 = n2.fma(s2, P3);
            n3 = n3.fma(s3, P3);
            n0 = n0.fma(s0, P1);
            n1 = n1.fma(s1, P1);
            n2 = n2.fma(s2, P1);
            n3 = n3.fma(s3, P1);
            FloatVector d0 = s0.fma(Q6, Q4);
            FloatVector d1 = s1.fma(Q6, Q4);
            FloatVector d2 = s2.fma(Q6, Q4);
            FloatVector d3 = s3.fma(Q6, Q4);
            d0 = d0.fma(s0, Q2);
            d1 = d1.fma(s1, Q2);
            d2 = d2.fma(s2, Q2);
            d3 = d3.fma(s3, Q2);
            d0 = d0.fma(s0, Q0);
            d1 = d1.fma(s1, Q0);
            d2 = d2.fma(s2, Q0);
            d3 = d3.fma(s3, Q0);
            FloatVector y0 = GUESS.sub(d0.reinterpretAsInts()).reinterpretAsFloats();
            FloatVector y1 = GUESS.sub(d1.reinterpretAsInts()).reinterpretAsFloats();
            FloatVector y2 = GUESS.sub(d2.reinterpretAsInts()).reinterpretAsFloats();
            FloatVector y3 = GUESS.sub(d3.reinterpretAsInts()).reinterpretAsFloats();
            FloatVector e0 = d0.fma(y0, ONE);
            FloatVector e1 = d1.fma(y1, ONE);
            FloatVector e2 = d2.fma(y2, ONE);
            FloatVector e3 = d3.fma(y3, ONE);
            e0 = e0.fma(e0, e0);
            e1 = e1.fma(e1, e1);
            e2 = e2.fma(e2, e2);
            e3 = e3.fma(e3, e3);
            y0 = e0.fma(y0, y0);
            y1 = e1.fma(y1, y1);
            y2 = e2.fma(y2, y2);
            y3 = e3.fma(y3, y3);
            e0 = d0.fma(y0, ONE);
            e1 = d1.fma(y1, ONE);
            e2 = d2.fma(y2, ONE);
            e3 = d3.fma(y3, ONE);
            n0 = n0.mul(x0).mul(y0);
            n1 = n1.mul(x1).mul(y1);
            n2 = n2.mul(x2).mul(y2);
            n3 = n3.mul(x3).mul(y3);
            n0.fma(e0, n0).fma(gains, shifts).intoArray(values, i);
            n1.fma(e1, n1).fma(gains, shifts).intoArray(values, i + LENGTH);
            n2.fma(e2, n2).fma(gains, shifts).intoArray(values, i + 2 * LENGTH);
            n3.fma(e3, n3).fma(gains, shifts).intoArray(values, i + 3 * LENGTH);
        }
    }

    /// As [#applyByFours], to the same bits, where fewer than four vectors are left.
    private static void applyByOnes(float[] values, int from, int to, float slope, float gain, float shift) {
        FloatVector gains = constant(gain);
        FloatVector shifts = constant(shift);
        for (int i = from; i < to; i += LENGTH) {
            FloatVector x = fromArray(SPECIES, values, i).mul(slope);
            FloatVector square = x.mul(x);
            if (square.reinterpretAsInts().compare(GT, NEAR).anyTrue()) {
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
            FloatVector minus = square.fma(Q6, Q4).fma(square, Q2).fma(square, Q0);
            FloatVector inverse = GUESS.sub(minus.reinterpretAsInts()).reinterpretAsFloats();
            FloatVector error = minus.fma(inverse, ONE);
            inverse = error.fma(error, error).fma(inverse, inverse);
            FloatVector quotient = numerator.mul(x).mul(inverse);
            quotient.fma(minus.fma(inverse, ONE), quotient).fma(gains, shifts).intoArray(values, i);
        }
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
