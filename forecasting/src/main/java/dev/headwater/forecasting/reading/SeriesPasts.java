package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.profile.DayProfile;
import dev.headwater.forecasting.profile.DayProfile.Rates;
import dev.headwater.forecasting.profile.Pasts;
import dev.headwater.forecasting.profile.ProfileDays;
import dev.headwater.forecasting.profile.SensorPast;
import java.util.HashMap;
import java.util.Map;

/// What is known of the sensors of a series after some of its rows.
public final class SeriesPasts {

    private SeriesPasts() {}

    /// What a stream would keep that took in the first `rows` rows.
    public static Pasts after(Series series, int rows, Pasts before) {
        Map<String, SensorPast> known = new HashMap<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            String sensor = series.sensors().get(s);
            SensorPast past = before.start(sensor, series.firstSlot());
            play(series, s, rows, past);
            known.put(sensor, past);
        }
        return Pasts.of(series.network(), series.firstSlot() + rows - 1, known);
    }

    /// Profiles that are the plain means of the first `rows` rows, and stay so.
    public static Pasts fixed(Series series, int rows) {
        ProfileDays days = new ProfileDays(series.network());
        Map<String, SensorPast> known = new HashMap<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            SensorPast mean = new SensorPast(days, Rates.MEAN, DayProfile.empty(days.bins()));
            play(series, s, rows, mean);
            DayProfile profile = mean.profile(0);
            known.put(series.sensors().get(s), new SensorPast(days, null, profile));
        }
        return Pasts.of(series.network(), series.firstSlot() - 1, known);
    }

    private static void play(Series series, int sensor, int rows, SensorPast past) {
        for (int row = 0; row < Math.min(rows, series.slots()); row++) {
            past.add(series.firstSlot() + row, series.target(sensor, row));
        }
    }
}
