package dev.headwater.forecasting.seasonal;

/// The code of a day's values, a byte each: the value is `base + step * level`, and a day has one base and one
/// step. Code 0 is a missing value; otherwise the level of code `128 + c` is `c` for `|c| <= 100`. Beyond, 27
/// levels on either side grow by a factor of 2^(1/4) each, up to 107 times as far, for a day unlike those before
/// it.
///
/// Base and step do not change once a level other than 0 is written, so a value that was written never changes.
final class DayCode {

    static final byte MISSING = 0;

    private static final int ZERO = 128;
    private static final int LINEAR = 100;
    private static final int MOST = 127;
    private static final float[] LEVELS = levels(); // [code]

    private DayCode() {}

    private static float[] levels() {
        float[] levels = new float[2 * ZERO];
        levels[MISSING] = Float.NaN;
        for (int c = 0; c <= MOST; c++) {
            float level = c <= LINEAR ? c : (float) (LINEAR * StrictMath.pow(2, (c - LINEAR) / 4.0));
            levels[ZERO + c] = level;
            levels[ZERO - c] = -level;
        }
        return levels;
    }

    /// The level of a code; NaN for a missing value.
    static float level(byte code) {
        return LEVELS[code & 0xFF];
    }

    static float value(float base, float step, byte code) {
        return base + step * level(code);
    }

    /// The code of the nearest level.
    ///
    /// @param step 0 when all values of the day equal the base
    static byte of(float value, float base, float step) {
        if (step == 0) {
            return (byte) ZERO;
        }
        float steps = (value - base) / step;
        int level = nearest(Math.abs(steps));
        return (byte) (steps < 0 ? ZERO - level : ZERO + level);
    }

    private static int nearest(float steps) {
        int level = steps < LINEAR ? Math.round(steps) : LINEAR;
        while (level >= LINEAR && level < MOST && steps > (LEVELS[ZERO + level] + LEVELS[ZERO + level + 1]) / 2) {
            level++;
        }
        return level;
    }

    /// False when a code could give a value that is not finite.
    static boolean isSound(float base, float step) {
        float most = step * LEVELS[ZERO + MOST];
        return step >= 0 && Float.isFinite(base + most) && Float.isFinite(base - most);
    }
}
