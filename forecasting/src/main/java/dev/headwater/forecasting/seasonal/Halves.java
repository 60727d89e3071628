package dev.headwater.forecasting.seasonal;

/// Half floats as profiles store them.
final class Halves {

    static final short MISSING = Float.floatToFloat16(Float.NaN);

    private static final float MOST = 65_504;

    private Halves() {}

    /// The nearest half float; never an infinite one, which no reading would repair.
    static short of(float value) {
        return Float.floatToFloat16(Math.clamp(value, -MOST, MOST));
    }

    static boolean isInfinite(short half) {
        return Float.isInfinite(Float.float16ToFloat(half));
    }
}
