package dev.headwater.forecasting.seasonal;

import java.util.Arrays;

/// The profile of a sensor that has too few days of its own: what they lack comes from the shape that the network's
/// sensors have in common, shifted to the sensor's level. It counts as one more day in each row, so an own day has
/// half of the weight, two have two thirds, and so on. A weekday leans on its kind of day in the same way, once that
/// has an own day.
///
/// The level is the median difference between the sensor's readings of the last 24 hours and the shape; with few of
/// them it is drawn towards that of the network. A view that is moved from one look-up to the next. Not thread-safe.
public final class BorrowedProfile extends DayProfile {

    private static final float PRIOR = 1; // days
    private static final int MOST_READINGS = 96; // of a day, that tell the level
    private static final float FEW_READINGS = 12; // with so many, half of the difference counts

    private final ProfileDays days;
    private final int stride; // bins between two readings that tell the level
    private final float[] differences; // [reading]
    private DayProfile own;
    private DayProfile shape;
    private float shift; // from the shape to the sensor, in the unit of the target

    public BorrowedProfile(ProfileDays days) {
        super(days.form().grid());
        this.days = days;
        this.stride = Math.ceilDiv(days.bins(), MOST_READINGS);
        this.differences = new float[Math.ceilDiv(days.bins(), stride)];
        this.own = DayProfile.empty(days);
        this.shape = own;
    }

    /// Moves the view to a sensor.
    ///
    /// @param profile  its own profile
    /// @param common   that of the network
    /// @param readings its readings
    /// @param now      position of the newest of them that is known, as in [ProfileDays]
    public BorrowedProfile on(DayProfile profile, DayProfile common, SeasonalView readings, long now) {
        own = profile;
        shape = common;
        shift = shift(readings, now);
        return this;
    }

    private float shift(SeasonalView readings, long now) {
        int count = 0;
        long day = Long.MIN_VALUE; // none
        int kind = 0;
        for (long position = now; position > now - days.bins(); position -= stride) {
            if (days.day(position) != day) {
                day = days.day(position);
                kind = days.kind(day);
            }
            int bin = days.bin(position);
            float difference = readings.value(day, bin) - shape.kind(kind, bin);
            if (!Float.isNaN(difference)) {
                differences[count++] = difference;
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(differences, 0, count);
        return differences[count / 2] * count / (count + FEW_READINGS);
    }

    @Override
    short half(int row, int entry) {
        return Halves.of(value(row, entry));
    }

    private float value(int row, int entry) {
        float common = Float.float16ToFloat(shape.half(row, entry));
        if (row >= ProfileGrid.MEANS) {
            return joined(row, entry, common);
        }
        int kind = ProfileDays.kindRow(row);
        boolean leans = row != kind && own.seen(kind) > 0;
        return joined(row, entry, leans ? value(kind, entry) : common + shift);
    }

    /// The own value, and another one that counts as a day.
    private float joined(int row, int entry, float other) {
        float value = Float.float16ToFloat(own.half(row, entry));
        if (Float.isNaN(value) || Float.isNaN(other)) {
            return Float.isNaN(value) ? other : value;
        }
        return value + PRIOR / (PRIOR + own.seen(row)) * (other - value);
    }

    @Override
    int seen(int row) {
        return own.seen(row);
    }
}
