package dev.headwater.forecasting.seasonal;

/// The last days in a seasonal state. Not thread-safe.
///
/// The first reading of a day fixes its base and step, from the range of the days kept until the day before
/// yesterday, so that neither a late reading nor one that is somewhat early changes how its day is coded.
final class RecentDays {

    private static final float MOST = 1e30f; // no sum of two of them overflows
    private static final float STEPS = 160; // of a range: a quarter more than it needs
    private static final float FIRST_STEPS = 100; // of the magnitude, as long as no range is known
    private static final float FINEST = 1f / 16_384; // of the base: eight times finer than a half float
    private static final int ENOUGH = 48; // values from which a range is known, or half a day

    private final SeasonalForm form;
    private final int bins;
    private final ValueRange range = new ValueRange();

    RecentDays(SeasonalForm form) {
        this.form = form;
        this.bins = form.grid().bins();
    }

    /// Whether values of a day are kept.
    boolean holds(byte[] state, int day) {
        return day != SeasonalForm.NEVER && form.day(state, SeasonalForm.part(day)) == day;
    }

    /// The value at a bin of a day, NaN when missing or no longer kept.
    float value(byte[] state, int day, int bin) {
        int part = SeasonalForm.part(day);
        return form.day(state, part) == day
                ? DayCode.value(form.base(state, part), form.step(state, part), form.code(state, part, bin))
                : Float.NaN;
    }

    /// False for a value that cannot be kept: a missing one, or one beyond all measures.
    static boolean isValue(float value) {
        return Math.abs(value) <= MOST;
    }

    /// Writes a value, which replaces the part of another day.
    void put(byte[] state, int day, int bin, float value) {
        int part = SeasonalForm.part(day);
        if (form.day(state, part) != day) {
            begin(state, part, day, value);
        }
        float base = form.base(state, part);
        float step = form.step(state, part);
        if (step == 0 && value != base) { // so far all values of the day equal its base
            step = Math.max(Math.abs(base), Math.abs(value)) / FIRST_STEPS;
            form.step(state, part, step);
        }
        form.code(state, part, bin, DayCode.of(value, base, step));
    }

    private void begin(byte[] state, int part, int day, float first) {
        int enough = Math.min(ENOUGH, bins / 2);
        measure(state, day - 2);
        if (range.count() < enough) {
            measure(state, Integer.MAX_VALUE);
        }
        if (range.count() == 0) {
            form.beginDay(state, part, day, first, 0);
            return;
        }
        float low = range.low();
        float high = range.high();
        float base = low / 2 + high / 2;
        float step = 0; // equal values do not tell a step
        if (low < high) {
            float magnitude = Math.max(Math.abs(low), Math.abs(high));
            float least = range.count() < enough ? magnitude / FIRST_STEPS : Math.abs(base) * FINEST;
            step = Math.max((high - low) / STEPS, least);
        }
        form.beginDay(state, part, day, base, step);
    }

    private void measure(byte[] state, int through) {
        range.clear();
        for (int part = 0; part < SeasonalForm.RECENT_DAYS; part++) {
            if (form.day(state, part) <= through) { // a part without a day has no codes
                measurePart(state, part);
            }
        }
    }

    private void measurePart(byte[] state, int part) {
        float base = form.base(state, part);
        float step = form.step(state, part);
        for (int bin = 0; bin < bins; bin++) {
            byte code = form.code(state, part, bin);
            if (code != DayCode.MISSING) {
                range.add(DayCode.value(base, step, code));
            }
        }
    }

    /// Writes a whole day with a base and a step of its own.
    ///
    /// @param values `[bin]`, NaN = missing
    void putAll(byte[] state, int day, float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = isValue(value) ? Math.min(low, value) : low;
            high = isValue(value) ? Math.max(high, value) : high;
        }
        float base = low <= high ? low / 2 + high / 2 : 0;
        float step = low < high ? Math.max((high - low) / (2 * FIRST_STEPS), Math.abs(base) * FINEST) : 0;
        int part = SeasonalForm.part(day);
        form.beginDay(state, part, day, base, step);
        for (int bin = 0; bin < values.length; bin++) {
            if (isValue(values[bin])) {
                form.code(state, part, bin, DayCode.of(values[bin], base, step));
            }
        }
    }

    /// False when a code could give a value that is not finite, or a day is later than `last`.
    boolean areSound(byte[] state, long last) {
        boolean sound = true;
        for (int part = 0; part < SeasonalForm.RECENT_DAYS; part++) {
            sound &= DayCode.isSound(form.base(state, part), form.step(state, part)) && form.day(state, part) <= last;
        }
        return sound;
    }
}
