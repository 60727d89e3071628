package dev.headwater.forecasting.truth;

/// The distance of a bound from its forecast as a byte: a sign and 127 magnitudes in equal ratios of 5.5 %,
/// down to 1/900 of a unit. Bounds are rounded to it before they are issued, so what is scored is what was
/// issued. Order is kept: a larger distance never has a smaller code.
///
/// The nearest code is read from the bits of the share: logarithms of all bounds of a forecast took longer than
/// comparing its steps with their truths.
final class OffsetCode {

    /// No bound.
    static final byte NONE = Byte.MIN_VALUE;

    private static final int STEPS = Byte.MAX_VALUE;
    private static final int PER_OCTAVE = 13; // magnitudes
    private static final int MANTISSA_BITS = 23;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int CELL_BITS = MANTISSA_BITS - 8;

    private static final float[] MAGNITUDES = magnitudes(); // [code], shares of the unit
    private static final int[] BORDERS = borders(); // [i], mantissas half way between two magnitudes of an octave
    private static final byte[] BELOW = below(); // [highest bits of a mantissa], borders until there

    private OffsetCode() {}

    private static float[] magnitudes() {
        float[] shares = new float[STEPS + 1];
        for (int code = 1; code <= STEPS; code++) {
            shares[code] = (float) Math.pow(2, (code - STEPS) / (double) PER_OCTAVE);
        }
        return shares;
    }

    private static int[] borders() {
        int[] mantissas = new int[PER_OCTAVE + 1];
        for (int i = 0; i < PER_OCTAVE; i++) {
            mantissas[i] = Float.floatToRawIntBits((float) Math.pow(2, (i + 0.5) / PER_OCTAVE)) & MANTISSA;
        }
        mantissas[PER_OCTAVE] = Integer.MAX_VALUE;
        return mantissas;
    }

    private static byte[] below() {
        byte[] counts = new byte[1 << MANTISSA_BITS - CELL_BITS];
        for (int cell = 0; cell < counts.length; cell++) {
            while (BORDERS[counts[cell]] <= cell << CELL_BITS) {
                counts[cell]++;
            }
        }
        return counts;
    }

    /// The nearest code.
    ///
    /// @param offset at most `unit` in magnitude; NaN for no bound
    /// @param unit   at least 0
    static byte of(float offset, float unit) {
        if (Float.isNaN(offset)) {
            return NONE;
        }
        float share = Math.abs(offset) / unit;
        if (!(share > 0)) { // also 0 / 0
            return 0;
        }
        int bits = Float.floatToRawIntBits(share);
        int mantissa = bits & MANTISSA;
        int steps = BELOW[mantissa >>> CELL_BITS];
        if (mantissa >= BORDERS[steps]) { // a cell has one border at most
            steps++;
        }
        int octave = (bits >>> MANTISSA_BITS) - Float.MAX_EXPONENT;
        int magnitude = Math.clamp(STEPS + (long) PER_OCTAVE * octave + steps, 0, STEPS);
        return (byte) (offset < 0 ? -magnitude : magnitude);
    }

    /// The distance of a code; NaN for [#NONE].
    static float offset(byte code, float unit) {
        if (code == NONE) {
            return Float.NaN;
        }
        float magnitude = MAGNITUDES[Math.abs(code)] * unit;
        return code < 0 ? -magnitude : magnitude;
    }
}
