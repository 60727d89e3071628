package dev.headwater.forecasting.seasonal;

/// The values of a day as a [SeasonalState] keeps them. Immutable.
public final class DayValues {

    /// A day without values.
    public static final DayValues NONE = new DayValues(0, 0, new byte[0]);

    private final float base;
    private final float step;
    private final byte[] codes; // [bin]; empty when all are missing

    private DayValues(float base, float step, byte[] codes) {
        this.base = base;
        this.step = step;
        this.codes = codes;
    }

    static DayValues copy(SeasonalForm form, byte[] state, int part) {
        byte[] codes = new byte[form.grid().bins()];
        for (int bin = 0; bin < codes.length; bin++) {
            codes[bin] = form.code(state, part, bin);
        }
        return new DayValues(form.base(state, part), form.step(state, part), codes);
    }

    /// The value at a bin, NaN when missing.
    public float value(int bin) {
        return codes.length == 0 ? Float.NaN : DayCode.value(base, step, codes[bin]);
    }
}
