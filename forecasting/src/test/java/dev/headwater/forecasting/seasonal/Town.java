package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Normalisation;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/// A network of a given interval, and four weeks of readings around the change to daylight saving, with gaps, an
/// empty day and a holiday.
record Town(int minutes, Profile profile) {

    static final LocalDate HOLIDAY = LocalDate.of(2017, 3, 8); // a Wednesday
    static final LocalDate SILENT = LocalDate.of(2017, 3, 15);
    static final LocalDate FIRST = LocalDate.of(2017, 3, 1);

    private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

    static Town hourly() {
        return new Town(60, Profile.MOVING);
    }

    SensorNetwork network() {
        return new NetworkBuilder("town")
                .interval(Duration.ofMinutes(minutes))
                .zone(ZONE)
                .measures(List.of(new Measure("speed", "mph", null)))
                .window(new WindowSpec(3, 2))
                .features(new FeatureSpec(null, null, false, Normalisation.TRAINING, profile, true, List.of(HOLIDAY)))
                .build();
    }

    /// The first slot of a day.
    long slotOf(LocalDate date) {
        return Math.ceilDiv(date.atStartOfDay(ZONE).toEpochSecond(), 60L * minutes);
    }

    /// The first slot of the readings.
    long first() {
        return slotOf(FIRST);
    }

    int slotsPerDay() {
        return 24 * 60 / minutes;
    }

    /// Slots of four weeks.
    int slots() {
        return 28 * slotsPerDay();
    }

    LocalDateTime local(long slot) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(slot * 60 * minutes), ZONE);
    }

    /// `[slot]` from the first one, NaN = missing.
    float[] readings(long seed) {
        Random random = new Random(seed);
        float[] values = new float[slots()];
        for (int i = 0; i < values.length; i++) {
            boolean silent = local(first() + i).toLocalDate().equals(SILENT);
            values[i] = silent || random.nextInt(5) == 0 ? Float.NaN : 20 + 100 * random.nextFloat();
        }
        return values;
    }
}
