package dev.headwater.forecasting.truth;

/// The distance of a bound from its forecast as a byte: a sign and 127 magnitudes in equal ratios of 5.5 %,
/// down to 1/900 of a unit. Bounds are rounded to it before they are issued, so what is scored is what was
/// issued. Order is kept: a larger distance never has a smaller code.
final class OffsetCode {

    /// No bound.
    static final byte NONE = Byte.MIN_VALUE;

    private static final int STEPS = Byte.MAX_VALUE;
    private static final double PER_OCTAVE = 13; // magnitudes

    private static final float[] MAGNITUDES = magnitudes(); // [code], shares of the unit

    private OffsetCode() {}

    private static float[] magnitudes() {
        float[] shares = new float[STEPS + 1];
        for (int code = 1; code <= STEPS; code++) {
            shares[code] = (float) Math.exp((code - STEPS) / PER_OCTAVE * Math.log(2));
        }
        return shares;
    }

    /// The nearest code.
    ///
    /// @param offset at most `unit` in magnitude; NaN for no bound
    /// @param unit   at least 0
    static byte of(float offset, float unit) {
        if (Float.isNaN(offset)) {
            return NONE;
        }
        double share = Math.abs(offset) / (double) unit;
        if (!(share > 0)) { // also 0 / 0
            return 0;
        }
        long code = STEPS + Math.round(PER_OCTAVE * Math.log(share) / Math.log(2));
        int magnitude = Math.clamp(code, 0, STEPS);
        return (byte) (offset < 0 ? -magnitude : magnitude);
    }

    /// A distance as it is after a code; NaN for none.
    static float rounded(float offset, float unit) {
        return offset(of(offset, unit), unit);
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
