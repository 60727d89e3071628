package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates.Known;
import java.util.HashMap;
import java.util.Map;

/// Seasonal states of a series' sensors after some of its rows.
public final class SeriesSeasonalStates {

    private SeriesSeasonalStates() {}

    /// The states that a stream would have after the first `rows` rows.
    public static SeasonalStates after(Series series, int rows, SeasonalStates before) {
        Map<String, byte[]> known = new HashMap<>();
        SeasonalState view = before.view();
        for (int s = 0; s < series.sensors().size(); s++) {
            String sensor = series.sensors().get(s);
            byte[] state = before.start(sensor, series.firstSlot());
            play(series, s, rows, view.on(state));
            known.put(sensor, state);
        }
        return before.later(series.firstSlot() + rows - 1, Known.of(known));
    }

    /// States with fixed profiles: the plain means of the first `rows` rows.
    public static SeasonalStates fixed(Series series, int rows) {
        ProfileDays days = new ProfileDays(series.network());
        SeasonalState mean = new SeasonalState(days, Rates.MEAN);
        Map<String, byte[]> known = new HashMap<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            play(series, s, rows, mean.on(SeasonalState.unknown(days)));
            known.put(series.sensors().get(s), mean.profileAlone());
        }
        return SeasonalStates.of(series.network(), series.firstSlot() - 1, Known.of(known));
    }

    private static void play(Series series, int sensor, int rows, SeasonalState seasonalState) {
        for (int row = 0; row < Math.min(rows, series.slots()); row++) {
            seasonalState.add(series.firstSlot() + row, series.target(sensor, row));
        }
    }
}
