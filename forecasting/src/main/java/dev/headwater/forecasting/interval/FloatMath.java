package dev.headwater.forecasting.interval;

/// Logarithm and exponential to the precision of a float, several times as fast as those of [Math].
///
/// Polynomials of the Cephes library (Moshier, *Methods and Programs for Mathematical Functions*, 1989: logf, expf).
final class FloatMath {

    private static final float LN2_HIGH = 0.693359375f; // few bits: its products with small integers are exact
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float LOG2_E = 1.44269504f;
    private static final float MOST = 87; // whose exponentials and their inverses are normal floats
    private static final int MANTISSA = 23; // bits
    private static final int BIAS = 127;
    private static final int ROOT_HALF = 0x3f3504f3; // bits of the square root of a half

    private FloatMath() {}

    /// The natural logarithm. Two units in the last place off at most, below 1e-7 near 1.
    static float log(float x) {
        if (!(x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE)) {
            return (float) Math.log(x);
        }
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - ROOT_HALF) >> MANTISSA;
        float m = Float.intBitsToFloat(bits - (exponent << MANTISSA)) - 1; // from 0.71 - 1 to 1.41 - 1
        float square = m * m;
        float p = 7.0376836292e-2f;
        p = p * m - 1.1514610310e-1f;
        p = p * m + 1.1676998740e-1f;
        p = p * m - 1.2420140846e-1f;
        p = p * m + 1.4249322787e-1f;
        p = p * m - 1.6668057665e-1f;
        p = p * m + 2.0000714765e-1f;
        p = p * m - 2.4999993993e-1f;
        p = p * m + 3.3333331174e-1f;
        float rest = p * m * square + exponent * LN2_LOW - 0.5f * square;
        return m + rest + exponent * LN2_HIGH;
    }

    /// The exponential, to 2e-7 of its value.
    static float exp(float x) {
        if (!(Math.abs(x) <= MOST)) {
            return (float) Math.exp(x);
        }
        int exponent = (int) (x * LOG2_E + (x < 0 ? -0.5f : 0.5f));
        float rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
        float p = 1.9875691500e-4f;
        p = p * rest + 1.3981999507e-3f;
        p = p * rest + 8.3334519073e-3f;
        p = p * rest + 4.1665795894e-2f;
        p = p * rest + 1.6666665459e-1f;
        p = p * rest + 5.0000001201e-1f;
        float value = p * rest * rest + rest + 1;
        return value * Float.intBitsToFloat((exponent + BIAS) << MANTISSA);
    }
}
