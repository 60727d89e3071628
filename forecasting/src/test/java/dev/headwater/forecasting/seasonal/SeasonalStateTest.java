package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Four weeks of an hourly network, compared with a plain version.
class SeasonalStateTest {

    private static final Town TOWN = Town.hourly();
    private static final ProfileDays DAYS = new ProfileDays(TOWN.network());
    private static final long FIRST = TOWN.first();
    private static final int SLOTS = TOWN.slots();
    private static final float STEP = 100f / 160; // of a day's code: the values are from 20 to 120
    private static final double HALF_FLOAT = 0.15; // values are below 128, and rounding errors accumulate

    private static SeasonalState unknown() {
        return new SeasonalState(DAYS, Rates.MOVING).on(SeasonalState.unknown(DAYS));
    }

    private static float value(SeasonalState state, ProfileDays days, long slot) {
        long position = days.position(slot);
        return state.value(days.day(position), days.bin(position));
    }

    /// With the bins as entries, with entries of two and four bins, and with bins that no whole number of entries
    /// divides.
    @ParameterizedTest
    @CsvSource({"60, 1, 1", "10, 1, 2", "5, 2, 4", "7, 2, 4"})
    void profileIsThatOfAPlainVersionOfIt(int minutes, int width, int spreadWidth) {
        for (long seed = 1; seed <= 3; seed++) {
            // Given
            Town town = new Town(minutes, Profile.MOVING);
            ProfileDays days = new ProfileDays(town.network());
            SeasonalState seasonalState = new SeasonalState(days, Rates.MOVING).on(SeasonalState.unknown(days));
            float[] values = town.readings(seed);
            float[] kept = values.clone();
            LocalDate today = Town.FIRST;

            for (int i = 0; i < town.slots(); i++) {
                // When
                long slot = town.first() + i;
                seasonalState.add(slot, values[i]);
                if (!Float.isNaN(values[i])) {
                    kept[i] = value(seasonalState, days, slot);
                }

                // Then: the profile at the start of the day agrees
                LocalDateTime time = town.local(slot);
                if (time.toLocalDate().isAfter(today)) {
                    today = time.toLocalDate();
                    PlainProfile plain = new PlainProfile(days.bins(), width, spreadWidth);
                    Map<LocalDate, double[]> read = PlainProfile.days(town, kept);
                    for (LocalDate date = Town.FIRST; date.isBefore(today); date = date.plusDays(1)) {
                        plain.add(date, read.get(date));
                    }
                    assertAgrees(seasonalState.profile(0), plain, days.bins(), seed + " " + time);
                }
            }
        }
    }

    private static void assertAgrees(DayProfile profile, PlainProfile plain, int bins, String when) {
        for (int bin = 0; bin < bins; bin++) {
            for (int weekday = 0; weekday < 7; weekday++) {
                int kind = weekday >= 5 ? 1 : 0;
                String what = when + ", day " + weekday + ", bin " + bin;
                assertClose(profile.kind(kind, bin), plain.kind(kind, bin), what);
                assertClose(profile.spread(kind, bin), plain.spread(kind, bin), what);
                assertClose(profile.weekday(weekday, kind, bin), plain.weekday(weekday, kind, bin), what);
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
    void lastEightDaysAreKeptTo1Of160OfTheirRange() {
        // Given
        float[] values = TOWN.readings(8);
        SeasonalState seasonalState = unknown();

        for (int i = 0; i < SLOTS; i++) {
            // When
            seasonalState.add(FIRST + i, values[i]);

            // Then
            for (int back = 0; back < Math.min(i, 7 * 24); back++) {
                float found = value(seasonalState, DAYS, FIRST + i - back);
                if (Float.isNaN(values[i - back])) {
                    assertThat(found).isNaN();
                } else {
                    assertThat(found).isCloseTo(values[i - back], within(STEP));
                }
            }
        }
    }

    @Test
    void lateReadingOfTheDayBeforeCorrectsTheProfileAndAnOlderOneFillsItsPlaceAlone() {
        // Given
        SeasonalState seasonalState = unknown();
        SeasonalState inOrder = unknown();
        seasonalState.add(FIRST, 50);
        seasonalState.add(FIRST + 24, 55);
        seasonalState.add(FIRST + 48, 60);
        inOrder.add(FIRST, 50);
        inOrder.add(FIRST + 24, 55);
        inOrder.add(FIRST + 29, 40);
        inOrder.add(FIRST + 48, 60);

        // When
        seasonalState.add(FIRST + 29, 40);
        DayProfile corrected = seasonalState.profile(0).frozen(null);
        seasonalState.add(FIRST + 5, 40);
        seasonalState.add(FIRST - 24 * 30, 40); // too old to be stored

        // Then
        assertSame(corrected, inOrder.profile(0), "corrected");
        assertThat(corrected.kind(0, 5)).isCloseTo(40, within(0.2f));
        assertThat(value(seasonalState, DAYS, FIRST + 5)).isCloseTo(40, within(0.2f));
        assertThat(value(seasonalState, DAYS, FIRST - 24 * 30)).isNaN();
        assertThat(seasonalState.profile(0).frozen(corrected)).isSameAs(corrected);
    }

    @Test
    void lateReadingCorrectsTheProfileAlsoAfterARestart() {
        // Given
        byte[] state = SeasonalState.unknown(DAYS);
        SeasonalState before = new SeasonalState(DAYS, Rates.MOVING).on(state);
        before.add(FIRST, 50);
        before.add(FIRST + 24, 55);
        before.add(FIRST + 48, 60);
        SeasonalState restarted = new SeasonalState(DAYS, Rates.MOVING).on(state.clone());

        // When
        before.add(FIRST + 29, 40);
        restarted.add(FIRST + 29, 40);

        // Then
        assertThat(restarted.profile(0).kind(0, 5)).isCloseTo(40, within(0.2f));
        assertSame(restarted.profile(0), before.profile(0), "restarted");
    }

    /// A few hours, some days, eight days, and half a year: within the limit that the stream accepts, and beyond.
    @ParameterizedTest
    @ValueSource(ints = {3, 30, 24 * 3, 24 * 180 + 3})
    void readingAheadOfItsTimeTakesNothingFromTheDays(int ahead) {
        // Given: at 22:00 of the ninth day, a reading with a later time stamp
        float[] values = TOWN.readings(5);
        int early = 8 * 24 + 22;
        values[Math.min(early + ahead, SLOTS - 1)] = 33; // the correct reading when that time comes
        SeasonalState right = unknown();
        SeasonalState wrong = unknown();
        for (int i = 0; i < SLOTS; i++) {
            if (i == early) {
                wrong.add(FIRST + i + ahead, 7);
            }

            // When
            right.add(FIRST + i, values[i]);
            wrong.add(FIRST + i, values[i]);

            // Then: after the day of its arrival, the profile is that of the correct readings
            if (i >= 9 * 24) {
                assertNear(
                        wrong.profile(0),
                        right.profile(0),
                        TOWN.local(FIRST + i).toString());
            }
        }
    }

    @Test
    void readingEightDaysAheadLeavesTheProfileOfTheDayThatItOverwrites() {
        // Given: at 22:00 of the ninth day
        float[] values = TOWN.readings(6);
        int early = 8 * 24 + 22;
        SeasonalState seasonalState = unknown();
        SeasonalState inOrder = unknown();
        for (int i = 0; i < early; i++) {
            seasonalState.add(FIRST + i, values[i]);
            inOrder.add(FIRST + i, values[i]);
        }

        // When
        seasonalState.add(FIRST + early + 8 * 24, 7);
        seasonalState.add(FIRST + early, values[early]);
        inOrder.add(FIRST + early + 24, 50);

        // Then
        assertSame(seasonalState.profile(0), inOrder.profile(0), "eight days ahead");
    }

    private static void assertSame(DayProfile found, DayProfile expected, String when) {
        for (int row = 0; row < ProfileGrid.ROWS; row++) {
            assertThat(found.halves(row)).as(when + ", row " + row).isEqualTo(expected.halves(row));
        }
    }

    /// Within the rounding of a day, whose step may differ.
    private static void assertNear(DayProfile found, DayProfile expected, String when) {
        for (int row = 0; row < ProfileGrid.ROWS; row++) {
            for (int entry = 0; entry < 24; entry++) {
                float value = Float.float16ToFloat(expected.half(row, entry));
                assertThat(Float.float16ToFloat(found.half(row, entry)))
                        .as(when + ", row " + row)
                        .isCloseTo(value, within(STEP / 2));
            }
        }
    }
}
