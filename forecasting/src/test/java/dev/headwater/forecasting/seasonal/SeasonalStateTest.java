package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Normalisation;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Four weeks around the change to daylight saving, with gaps, an empty day and a holiday, compared with a
/// plain version.
class SeasonalStateTest {

    private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
    private static final LocalDate HOLIDAY = LocalDate.of(2017, 3, 8); // a Wednesday
    private static final LocalDate SILENT = LocalDate.of(2017, 3, 15);
    private static final long FIRST = slotOf(LocalDate.of(2017, 3, 1));
    private static final int SLOTS = 24 * 28;
    private static final SensorNetwork NETWORK = network(Profile.MOVING);
    private static final ProfileDays DAYS = new ProfileDays(NETWORK);
    private static final double HALF_FLOAT = 0.15; // values are below 128, and rounding errors accumulate

    private static SensorNetwork network(Profile profile) {
        FeatureSpec features =
                new FeatureSpec(null, null, false, Normalisation.TRAINING, profile, true, List.of(HOLIDAY));
        return new NetworkBuilder("town")
                .interval(Duration.ofHours(1))
                .zone(ZONE)
                .measures(List.of(new Measure("speed", "mph", null)))
                .window(new WindowSpec(3, 2))
                .features(features)
                .build();
    }

    private static long slotOf(LocalDate date) {
        return date.atStartOfDay(ZONE).toEpochSecond() / 3600;
    }

    private static LocalDateTime local(long slot) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(slot * 3600), ZONE);
    }

    private static float[] readings(long seed) {
        Random random = new Random(seed);
        float[] values = new float[SLOTS]; // [slot], NaN = missing
        for (int i = 0; i < SLOTS; i++) {
            boolean silent = local(FIRST + i).toLocalDate().equals(SILENT);
            values[i] = silent || random.nextInt(5) == 0 ? Float.NaN : 20 + 100 * random.nextFloat();
        }
        return values;
    }

    /// The profile as a map from row to hourly means: the day of week, 7 and 8 for working days and days off,
    /// and 9 and 10 for the spread of these two. All days before `until`, one after the other, in double
    /// precision.
    private static Map<Integer, double[]> plain(float[] values, LocalDate until) {
        TreeMap<LocalDate, double[]> days = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            LocalDateTime time = local(FIRST + i);
            double[] day = days.computeIfAbsent(time.toLocalDate(), date -> nothing());
            if (!Float.isNaN(values[i])) {
                day[time.getHour()] = values[i];
            }
        }
        Map<Integer, double[]> profile = new TreeMap<>();
        int[] seen = new int[11];
        days.headMap(until).forEach((date, day) -> {
            if (!date.equals(SILENT)) {
                double[] smooth = smoothed(day);
                int weekday = date.equals(HOLIDAY) ? 6 : date.getDayOfWeek().getValue() - 1;
                fold(profile.computeIfAbsent(weekday, row -> nothing()), smooth, 0.25, ++seen[weekday]);
                int kind = weekday >= 5 ? 8 : 7;
                double[] usual = profile.getOrDefault(kind, nothing());
                double[] other = profile.getOrDefault(15 - kind, nothing());
                double[] distances = nothing();
                for (int hour = 0; hour < 24; hour++) {
                    distances[hour] = Math.abs(smooth[hour] - (Double.isNaN(usual[hour]) ? other[hour] : usual[hour]));
                }
                fold(profile.computeIfAbsent(kind + 2, row -> nothing()), distances, 0.12, ++seen[kind + 2]);
                fold(profile.computeIfAbsent(kind, row -> nothing()), smooth, 0.12, ++seen[kind]);
            }
        });
        return profile;
    }

    private static double[] nothing() {
        double[] hours = new double[24];
        Arrays.fill(hours, Double.NaN);
        return hours;
    }

    private static double[] smoothed(double[] day) {
        double[] weights = {1, 2, 3, 2, 1};
        double[] smooth = new double[24];
        for (int hour = 0; hour < 24; hour++) {
            double sum = 0;
            double weight = 0;
            for (int tap = -2; tap <= 2; tap++) {
                int at = hour + tap;
                if (at >= 0 && at < 24 && !Double.isNaN(day[at])) {
                    sum += weights[tap + 2] * day[at];
                    weight += weights[tap + 2];
                }
            }
            smooth[hour] = weight == 0 ? Double.NaN : sum / weight;
        }
        return smooth;
    }

    private static void fold(double[] row, double[] day, double rate, int count) {
        double share = Math.max(rate, 1.0 / count);
        for (int hour = 0; hour < 24; hour++) {
            if (!Double.isNaN(day[hour])) {
                row[hour] = Double.isNaN(row[hour]) ? day[hour] : row[hour] + share * (day[hour] - row[hour]);
            }
        }
    }

    @Test
    void profileIsThatOfAPlainVersionOfIt() {
        for (long seed = 1; seed <= 5; seed++) {
            // Given
            float[] values = readings(seed);
            SeasonalState seasonalState = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));

            for (int i = 0; i < SLOTS; i++) {
                // When
                seasonalState.add(FIRST + i, values[i]);

                // Then: the profile at the start of the day agrees
                LocalDateTime time = local(FIRST + i);
                if (time.getHour() == 0) {
                    assertAgrees(seasonalState.profile(0), plain(values, time.toLocalDate()), seed + " " + time);
                }
            }
        }
    }

    private static void assertAgrees(DayProfile profile, Map<Integer, double[]> plain, String when) {
        for (int weekday = 0; weekday < 7; weekday++) {
            int kind = weekday >= 5 ? 1 : 0;
            for (int hour = 0; hour < 24; hour++) {
                double ofOther = plain.getOrDefault(8 - kind, nothing())[hour];
                double ofKind = plain.getOrDefault(7 + kind, nothing())[hour];
                double expectedKind = Double.isNaN(ofKind) ? ofOther : ofKind;
                double own = plain.getOrDefault(weekday, nothing())[hour];
                double expected = Double.isNaN(own) ? expectedKind : own;
                String what = when + ", day " + weekday + ", hour " + hour;
                assertClose(profile.kind(kind, hour), expectedKind, what);
                assertClose(profile.spread(kind, hour), plain.getOrDefault(9 + kind, nothing())[hour], what);
                assertClose(profile.weekday(weekday, kind, hour), expected, what);
            }
        }
    }

    private static void assertClose(float found, double expected, String what) {
        if (Double.isNaN(expected)) {
            assertThat(found).as(what).isNaN();
        } else {
            assertThat((double) found).as(what).isCloseTo(expected, within(HALF_FLOAT));
        }
    }

    @Test
    void seriesGivesAtEachSlotWhatTheStreamKnewThen() {
        // Given
        float[] values = readings(11);
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int i = 0; i < SLOTS; i++) {
            builder.add("s", FIRST + i, new float[] {values[i]});
        }
        SeasonalView offline = new SeriesHistory(builder.build()).seasonalState("s");
        SeasonalState stream = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));

        for (int i = 0; i < SLOTS; i++) {
            // When
            stream.add(FIRST + i, values[i]);

            // Then: rows of the profile and the values of the week before are bit-identical
            long now = DAYS.position(FIRST + i);
            DayProfile expected = stream.profile(DAYS.day(now));
            assertThat(offline).isNotNull();
            for (int row = 0; row < DayProfile.ROWS; row++) {
                assertThat(offline.profile(DAYS.day(now)).row(row)).isEqualTo(expected.row(row));
            }
            for (long back = 0; back <= 7L * DAYS.bins(); back++) {
                assertThat(Float.compare(offline.value(now - back), stream.value(now - back)))
                        .isZero();
            }
        }
    }

    @Test
    void whatIsWrittenInChunksGoesOnAsIfNothingHadHappened() {
        // Given: a state whose changed chunks are written after each reading, as in the stream
        Random random = new Random(3);
        float[] values = readings(3);
        SeasonalState seasonalState = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        byte[][] stored = new byte[seasonalState.chunks()][];
        for (int i = 0; i < SLOTS; i++) {
            seasonalState.add(FIRST + i, values[i]);
            for (int chunk : seasonalState.takeTouched()) {
                ByteBuffer out = ByteBuffer.allocate(seasonalState.chunkBytes());
                seasonalState.writeChunk(chunk, out);
                stored[chunk] = out.array();
            }

            // When: it is restored at random times
            if (random.nextInt(10) == 0) {
                SeasonalState restored = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
                for (int chunk = 0; chunk < stored.length; chunk++) {
                    if (stored[chunk] != null) {
                        restored.readChunk(chunk, ByteBuffer.wrap(stored[chunk]));
                    }
                }
                seasonalState = restored;
            }
        }

        // Then
        assertAgrees(
                seasonalState.profile(0), plain(values, local(FIRST + SLOTS - 1).toLocalDate()), "restored");
    }

    @Test
    void readingTouchesItsDayAlone() {
        // Given
        SeasonalState seasonalState = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        seasonalState.add(FIRST, 50);
        seasonalState.takeTouched();

        // When
        seasonalState.add(FIRST + 1, 51);
        int[] sameDay = seasonalState.takeTouched();
        seasonalState.add(FIRST + 24, 52);
        int[] nextDay = seasonalState.takeTouched();

        // Then: the first reading of a day also updates a weekday, a kind of day and its spread
        assertThat(sameDay).hasSize(1);
        assertThat(nextDay).hasSize(4);
    }

    @Test
    void lateReadingOfTheDayBeforeCorrectsTheProfileAndAnOlderOneFillsItsPlaceAlone() {
        // Given
        SeasonalState seasonalState = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        SeasonalState inOrder = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        seasonalState.add(FIRST, 50);
        seasonalState.add(FIRST + 24, 55);
        seasonalState.add(FIRST + 48, 60);
        inOrder.add(FIRST, 50);
        inOrder.add(FIRST + 24, 55);
        inOrder.add(FIRST + 29, 40);
        inOrder.add(FIRST + 48, 60);

        // When
        seasonalState.add(FIRST + 29, 40);
        DayProfile corrected = seasonalState.profile(0);
        seasonalState.add(FIRST + 5, 40);
        seasonalState.add(FIRST - 24 * 30, 40); // too old to be stored

        // Then
        assertSame(corrected, inOrder.profile(0), "corrected");
        assertThat(seasonalState.value(DAYS.position(FIRST + 5))).isEqualTo(40);
        assertThat(seasonalState.value(DAYS.position(FIRST - 24 * 30))).isNaN();
        assertThat(seasonalState.profile(0)).isSameAs(corrected);
    }

    /// A few hours, some days, and half a year: within the limit that the stream accepts, and beyond.
    @ParameterizedTest
    @ValueSource(ints = {3, 30, 24 * 3, 24 * 180 + 3})
    void readingAheadOfItsTimeTakesNothingFromTheDays(int ahead) {
        // Given: at 22:00 of the ninth day, a reading with a later time stamp
        float[] values = readings(5);
        int early = 8 * 24 + 22;
        values[Math.min(early + ahead, SLOTS - 1)] = 33; // the correct reading when that time comes
        SeasonalState right = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        SeasonalState wrong = new SeasonalState(DAYS, Rates.MOVING, DayProfile.empty(24));
        for (int i = 0; i < SLOTS; i++) {
            if (i == early) {
                wrong.add(FIRST + i + ahead, 7);
            }

            // When
            right.add(FIRST + i, values[i]);
            wrong.add(FIRST + i, values[i]);

            // Then: after the day of its arrival, the profile equals that of the correct readings
            if (i >= 9 * 24) {
                assertSame(wrong.profile(0), right.profile(0), local(FIRST + i).toString());
            }
        }
    }

    private static void assertSame(DayProfile found, DayProfile expected, String when) {
        for (int row = 0; row < DayProfile.ROWS; row++) {
            assertThat(found.row(row)).as(when + ", row " + row).isEqualTo(expected.row(row));
        }
    }

    @Test
    void whatIsKnownOfLaterSlotsIsNotGivenToAnEarlierReading() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int i = 0; i < 72; i++) {
            builder.add("s", FIRST + i, new float[] {30});
        }
        SeasonalStates seasonalStates = SeriesSeasonalStates.after(builder.build(), 72, SeasonalStates.of(NETWORK));

        // Then
        assertThat(seasonalStates.start("s", FIRST + 72).profile(0).kind(0, 5)).isEqualTo(30);
        assertThat(seasonalStates.start("s", FIRST + 71).profile(0).kind(0, 5)).isNaN();
        assertThat(seasonalStates.start("t", FIRST + 72).profile(0).kind(0, 5)).isNaN();
    }

    @Test
    void fixedProfileIsThePlainMeanAndStaysSo() {
        // Given: three Mondays and Tuesdays of 10, 20 and 60
        SensorNetwork network = network(Profile.FIXED);
        Series.Builder builder = new Series.Builder(network);
        long monday = slotOf(LocalDate.of(2017, 4, 3));
        float[] levels = {10, 20, 60};
        for (int week = 0; week < 3; week++) {
            for (int i = 0; i < 49; i++) {
                builder.add("s", monday + week * 168L + i, new float[] {levels[week]});
            }
        }
        Series series = builder.build();

        // When
        SeasonalView seasonalState =
                new SeriesHistory(series, SeriesSeasonalStates.fixed(series, series.slots())).seasonalState("s");

        // Then
        assertThat(seasonalState).isNotNull();
        assertThat(seasonalState.profile(0).weekday(0, 0, 7)).isCloseTo(30, within(0.1f));
        assertThat(seasonalState.profile(Long.MAX_VALUE).weekday(1, 0, 7)).isCloseTo(30, within(0.1f));
    }
}
