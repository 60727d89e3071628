package dev.headwater.forecasting.gru.internal;

import static dev.headwater.forecasting.gru.internal.Lanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// Sigmoid and tanh as one odd rational function: the 13/6 minimax quotient of Eigen (`generic_fast_tanh_float`,
/// Eigen/src/Core/MathFunctionsImpl.h). Absolute error below 5e-7 over the whole range.
///
/// NaN stays NaN: the clamp is a comparison and a blend, which leave NaN alone, and no bits are put together by hand.
public final class Activations {
    /// Beyond this the quotient would leave [-1, 1]; tanh is within 3e-7 of its limit there.
    private static final float CLAMP = 7.90531110763549805f;

    private static final float P1 = 4.89352455891786e-03f;
    private static final float P3 = 6.37261928875436e-04f;
    private static final float P5 = 1.48572235717979e-05f;
    private static final float P7 = 5.12229709037114e-08f;
    private static final float P9 = -8.60467152213735e-11f;
    private static final float P11 = 2.00018790482477e-13f;
    private static final float P13 = -2.76076847742355e-16f;
    private static final float Q0 = 4.89352518554385e-03f;
    private static final float Q2 = 2.26843463243900e-03f;
    private static final float Q4 = 1.18534705686654e-04f;
    private static final float Q6 = 1.19825839466702e-06f;

    private Activations() {}

    /// Hyperbolic tangent of every lane.
    public static FloatVector tanh(FloatVector value) {
        FloatVector x = clamp(value);
        FloatVector square = x.mul(x);
        return numerator(square).mul(x).div(denominator(square));
    }

    /// Logistic sigmoid of every lane, as (1 + tanh(x / 2)) / 2.
    public static FloatVector sigmoid(FloatVector value) {
        return tanh(value.mul(0.5f)).mul(0.5f).add(0.5f);
    }

    private static FloatVector clamp(FloatVector x) {
        FloatVector below = x.blend(CLAMP, x.compare(GT, CLAMP));
        return below.blend(-CLAMP, below.compare(LT, -CLAMP));
    }

    private static FloatVector numerator(FloatVector square) {
        return square.fma(constant(P13), constant(P11))
                .fma(square, constant(P9))
                .fma(square, constant(P7))
                .fma(square, constant(P5))
                .fma(square, constant(P3))
                .fma(square, constant(P1));
    }

    private static FloatVector denominator(FloatVector square) {
        return square.fma(constant(Q6), constant(Q4)).fma(square, constant(Q2)).fma(square, constant(Q0));
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
