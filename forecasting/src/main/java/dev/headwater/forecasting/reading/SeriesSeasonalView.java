package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalView;
import java.util.Arrays;

/// The seasonal state of one sensor of a series at each of its days, as the stream would have had it when that
/// day began. Immutable.
final class SeriesSeasonalView implements SeasonalView {

    private final ProfileDays days;
    private final DayProfile before;
    private final long firstDay;
    private final DayProfile[] profiles; // [day], as of the start of the day
    private final short[] values; // [day][bin], half floats, NaN = missing

    private SeriesSeasonalView(
            ProfileDays days, DayProfile before, long firstDay, DayProfile[] profiles, short[] values) {
        this.days = days;
        this.before = before;
        this.firstDay = firstDay;
        this.profiles = profiles;
        this.values = values;
    }

    /// Replays a sensor of a series slot by slot.
    ///
    /// @param seasonalState the state before the series; modified
    static SeriesSeasonalView of(Series series, int sensor, ProfileDays days, SeasonalState seasonalState) {
        long firstDay = days.day(days.position(series.firstSlot()));
        long lastDay = days.day(days.position(series.firstSlot() + series.slots() - 1));
        int count = Math.toIntExact(lastDay - firstDay + 1);
        DayProfile before = seasonalState.profile(firstDay);
        DayProfile[] profiles = new DayProfile[count];
        short[] values = new short[count * days.bins()];
        Arrays.fill(values, Float.floatToFloat16(Float.NaN));
        for (int row = 0; row < series.slots(); row++) {
            long slot = series.firstSlot() + row;
            float value = series.target(sensor, row);
            seasonalState.add(slot, value);
            long position = days.position(slot);
            int day = (int) (days.day(position) - firstDay);
            profiles[day] = seasonalState.profile(day);
            if (!Float.isNaN(value)) {
                values[day * days.bins() + days.bin(position)] = Float.floatToFloat16(value);
            }
        }
        return new SeriesSeasonalView(days, before, firstDay, profiles, values);
    }

    @Override
    public DayProfile profile(long day) {
        long at = Math.min(day - firstDay, profiles.length - 1);
        return at < 0 ? before : profiles[(int) at];
    }

    @Override
    public float value(long position) {
        long at = position - firstDay * days.bins();
        return at < 0 || at >= values.length ? Float.NaN : Float.float16ToFloat(values[(int) at]);
    }
}
