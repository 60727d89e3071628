package dev.headwater.forecasting.seasonal;

import org.jspecify.annotations.Nullable;

/// The profile of a seasonal state: the rows as stored, and in the three rows that the last finished day belongs
/// to also that day, computed on access. So its late readings change the profile, until the next day is finished
/// and [#fold] adds it for good. Not thread-safe.
///
/// A day is smoothed over neighbouring bins before it is added, with weights 1 2 3 2 1 where a bin is an entry, and
/// 1 3 3 1 where two are: together with the interpolation between entries that is as smooth. The distance of a day is
/// the mean over the entries of the means that an entry covers.
final class CurrentProfile extends DayProfile {

    private static final int NO_ROW = -1;
    private static final int FULL = 3; // weight of the bins of an entry; less beyond

    private final ProfileDays days;
    private final SeasonalForm form;
    private final RecentDays recent;
    private final @Nullable Rates rates; // null for a fixed profile
    private byte[] state = new byte[0];
    private final float[] smoothed; // [entry of a mean], the finished day
    private final int[] smoothedIn; // [entry], the round in which that was computed
    private int round;
    private boolean stale; // what follows
    private int part; // of the finished day
    private int weekdayRow; // NO_ROW where the day is not to be added
    private int kindRow;
    private int spreadRow;
    private float weekdayWeight;
    private float kindWeight;
    private float spreadWeight;

    CurrentProfile(ProfileDays days, SeasonalForm form, RecentDays recent, @Nullable Rates rates) {
        super(form.grid());
        this.days = days;
        this.form = form;
        this.recent = recent;
        this.rates = rates;
        this.smoothed = new float[form.grid().means().entries()];
        this.smoothedIn = new int[smoothed.length];
    }

    void on(byte[] other) {
        state = other;
        stale = true;
    }

    /// To be called after the state has changed.
    void changed() {
        stale = true;
    }

    @Override
    short half(int row, int entry) {
        if (stale) {
            refresh();
        }
        short stored = form.half(state, row, entry);
        if (row == weekdayRow) {
            return moved(stored, smoothed(entry), weekdayWeight);
        }
        if (row == kindRow) {
            return moved(stored, smoothed(entry), kindWeight);
        }
        return row == spreadRow ? moved(stored, distance(entry), spreadWeight) : stored;
    }

    @Override
    int seen(int row) {
        if (stale) {
            refresh();
        }
        boolean another = row == weekdayRow || row == kindRow || row == spreadRow;
        return form.seen(state, row) + (another ? 1 : 0);
    }

    private static short moved(short stored, float value, float weight) {
        float before = Float.float16ToFloat(stored);
        if (Float.isNaN(value)) {
            return stored;
        }
        return Halves.of(Float.isNaN(before) ? value : before + weight * (value - before));
    }

    /// Adds the last finished day to the stored rows.
    void fold() {
        if (stale) {
            refresh();
        }
        int day = form.ended(state);
        fold(spreadRow, day); // first: it reads the means without the day
        fold(kindRow, day);
        fold(weekdayRow, day);
        stale = true;
    }

    private void fold(int row, int day) {
        if (row != NO_ROW) {
            for (int entry = 0; entry < grid().entries(row); entry++) {
                form.half(state, row, entry, half(row, entry));
            }
            form.row(state, row, day, form.seen(state, row) + 1);
        }
    }

    private void refresh() {
        stale = false;
        round++;
        int day = form.ended(state);
        part = SeasonalForm.part(day);
        Rates moving = recent.holds(state, day) ? rates : null;
        int weekday = days.weekday(day);
        int kind = ProfileDays.WEEKDAYS + days.kind(day);
        weekdayRow = rowOf(weekday, day, moving);
        kindRow = rowOf(kind, day, moving);
        spreadRow = rowOf(kind + ProfileGrid.KINDS, day, moving);
        if (moving != null) {
            weekdayWeight = weight(weekday, moving.weekday());
            kindWeight = weight(kind, moving.kind());
            spreadWeight = weight(kind + ProfileGrid.KINDS, moving.kind());
        }
    }

    private int rowOf(int row, int day, @Nullable Rates moving) {
        return moving == null || day <= form.last(state, row) ? NO_ROW : row;
    }

    /// The first days have equal weight; otherwise the very first one would dominate for long.
    private float weight(int row, float rate) {
        return Math.max(rate, 1f / (form.seen(state, row) + 1));
    }

    /// The finished day around an entry of the means, NaN where no near bin has a value. Neighbouring look-ups
    /// share entries, so it is computed once for all of them.
    private float smoothed(int entry) {
        if (smoothedIn[entry] != round) {
            smoothed[entry] = smooth(entry);
            smoothedIn[entry] = round;
        }
        return smoothed[entry];
    }

    private float smooth(int entry) {
        int width = grid().means().width();
        int from = entry * width;
        int to = from + width; // exclusive
        int reach = (FULL - 1) / width; // bins beyond
        float sum = 0;
        float weights = 0;
        for (int bin = Math.max(0, from - reach); bin < Math.min(grid().bins(), to + reach); bin++) {
            float level = DayCode.level(form.code(state, part, bin));
            if (!Float.isNaN(level)) {
                float weight = FULL - width * Math.max(0, Math.max(from - bin, bin - to + 1));
                sum += weight * level;
                weights += weight;
            }
        }
        return form.base(state, part) + form.step(state, part) * (sum / weights); // 0 / 0 = NaN
    }

    /// Mean distance of the finished day from the usual value of its kind of day without it, at an entry of a
    /// spread.
    private float distance(int entry) {
        int own = spreadRow - ProfileGrid.KINDS;
        int other = 2 * ProfileDays.WEEKDAYS + 1 - own;
        float sum = 0;
        int count = 0;
        for (int mean = grid().firstMean(entry); mean < grid().endMean(entry); mean++) {
            float usual = Float.float16ToFloat(form.half(state, own, mean));
            float known = Float.isNaN(usual) ? Float.float16ToFloat(form.half(state, other, mean)) : usual;
            float distance = Math.abs(smoothed(mean) - known);
            if (!Float.isNaN(distance)) {
                sum += distance;
                count++;
            }
        }
        return sum / count; // 0 / 0 = NaN
    }
}
