package dev.headwater.dashboard.board;

import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.util.OptionalInt;

/// What sensors usually report, as a model knew it at the end of its training.
final class UsualDay {

    private final SeasonalStates states;

    UsualDay(SeasonalStates states) {
        this.states = states;
    }

    /// The usual values of the slots from `from` on; NaN where nothing is known.
    ///
    /// @param values `[slot - from]`, filled
    /// @return the number of values known; empty when the sensor was not in the training
    OptionalInt fill(String sensor, long from, float[] values) {
        if (states.known().state(sensor) == null) {
            return OptionalInt.empty();
        }
        ProfileDays days = states.days();
        DayProfile profile = states.view().on(states.newest(sensor)).profile(0);
        int known = 0;
        for (int i = 0; i < values.length; i++) {
            long position = days.position(from + i);
            long day = days.day(position);
            values[i] = profile.weekday(days.weekday(day), days.kind(day), days.bin(position));
            known += Float.isNaN(values[i]) ? 0 : 1;
        }
        return OptionalInt.of(known);
    }
}
