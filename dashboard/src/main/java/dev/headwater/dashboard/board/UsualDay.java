package dev.headwater.dashboard.board;

import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalStates;

/// What sensors usually report, as a model knew it at the end of its training.
final class UsualDay {

    private final SeasonalStates states;

    UsualDay(SeasonalStates states) {
        this.states = states;
    }

    /// The usual values of the slots from `from` on; NaN where nothing is known.
    ///
    /// @param values `[slot - from]`, filled
    /// @return whether any is known: false when the sensor was not in the training
    boolean fill(String sensor, long from, float[] values) {
        if (states.known().state(sensor) == null) {
            return false;
        }
        ProfileDays days = states.days();
        DayProfile profile = states.view().on(states.newest(sensor)).profile(0);
        boolean known = false;
        for (int i = 0; i < values.length; i++) {
            long position = days.position(from + i);
            long day = days.day(position);
            values[i] = profile.weekday(days.weekday(day), days.kind(day), days.bin(position));
            known |= !Float.isNaN(values[i]);
        }
        return known;
    }
}
