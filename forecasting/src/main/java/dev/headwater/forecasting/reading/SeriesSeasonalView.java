package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.DayValues;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import java.util.Arrays;

/// The seasonal state of one sensor of a series at each of its days, as the stream would have had it when that
/// day began. Immutable.
final class SeriesSeasonalView implements SeasonalView {

    private final DayProfile before;
    private final long firstDay;
    private final DayProfile[] profiles; // [day], as of the start of the day
    private final DayValues[] values; // [day]

    private SeriesSeasonalView(DayProfile before, long firstDay, int count) {
        this.before = before;
        this.firstDay = firstDay;
        this.profiles = new DayProfile[count];
        this.values = new DayValues[count];
        Arrays.fill(values, DayValues.NONE);
    }

    /// Replays a sensor of a series slot by slot.
    ///
    /// @param states the states before the series
    static SeriesSeasonalView of(Series series, int sensor, SeasonalStates states) {
        ProfileDays days = states.days();
        long firstDay = days.day(days.position(series.firstSlot()));
        long lastDay = days.day(days.position(series.firstSlot() + series.slots() - 1));
        SeasonalState state = states.view().on(states.start(series.sensors().get(sensor), series.firstSlot()));
        DayProfile before = state.profile(firstDay).frozen(null);
        SeriesSeasonalView view = new SeriesSeasonalView(before, firstDay, Math.toIntExact(lastDay - firstDay + 1));
        view.play(series, sensor, days, state);
        return view;
    }

    private void play(Series series, int sensor, ProfileDays days, SeasonalState state) {
        int today = -1;
        for (int row = 0; row < series.slots(); row++) {
            long slot = series.firstSlot() + row;
            int day = (int) (days.day(days.position(slot)) - firstDay);
            if (day > today) {
                end(today, state);
            }
            state.add(slot, series.target(sensor, row));
            if (day > today) {
                begin(today, day, state);
                today = day;
            }
        }
        end(today, state);
    }

    private void begin(int last, int day, SeasonalState state) {
        DayProfile known = last < 0 ? before : profiles[last];
        Arrays.fill(profiles, last + 1, day, known); // days that the zone skipped
        profiles[day] = state.profile(firstDay + day).frozen(known);
    }

    private void end(int day, SeasonalState state) {
        if (day >= 0) {
            values[day] = state.day(firstDay + day);
        }
    }

    @Override
    public DayProfile profile(long day) {
        long at = Math.min(day - firstDay, profiles.length - 1);
        return at < 0 ? before : profiles[(int) at];
    }

    @Override
    public float value(long day, int bin) {
        long at = day - firstDay;
        return at < 0 || at >= values.length ? Float.NaN : values[(int) at].value(bin);
    }
}
