package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How exactly the last days are kept, for readings of any unit and with faults.
class RecentDaysTest {

    private static final int BINS = 24;
    private static final SeasonalForm FORM = new SeasonalForm(new ProfileGrid(BINS));
    private static final RecentDays DAYS = new RecentDays(FORM);

    private static void putDay(byte[] state, int day, float least, float range, long seed) {
        Random random = new Random(seed * 1000 + day);
        for (int bin = 0; bin < BINS; bin++) {
            DAYS.put(state, day, bin, least + range * random.nextFloat());
        }
    }

    private static void assertKept(byte[] state, int day, float least, float range, long seed, float error) {
        Random random = new Random(seed * 1000 + day);
        for (int bin = 0; bin < BINS; bin++) {
            assertThat(DAYS.value(state, day, bin)).isCloseTo(least + range * random.nextFloat(), within(error));
        }
    }

    /// Speeds, pressures in Pa, shares of a millionth, and values of both signs.
    @ParameterizedTest
    @ValueSource(floats = {60, 1e5f, 1e-6f, 1e20f, 0.5f})
    void readingsOfAnyScaleAreKeptToAShareOfTheirRange(float unit) {
        for (float least : new float[] {0, unit, -unit / 2}) {
            // Given
            byte[] state = FORM.unknown();

            for (int day = 0; day < 20; day++) {
                // When
                putDay(state, day, least, unit, 1);

                // Then: half a step; the second day is coded by the range of the first, if that was measured
                assertKept(state, day, least, unit, 1, day < 2 ? unit / 20 : unit / 300);
            }
        }
    }

    @Test
    void aDayIsForgottenAfterEight() {
        // Given
        byte[] state = FORM.unknown();
        for (int day = 0; day < 9; day++) {
            putDay(state, day, 20, 50, 2);
        }

        // Then
        assertThat(DAYS.holds(state, 0)).isFalse();
        assertThat(DAYS.value(state, 0, 5)).isNaN();
        assertKept(state, 1, 20, 50, 2, 1f);
    }

    @Test
    void valueOutsideTheUsualRangeIsKeptCoarselyAndOneFarOutsideIsCut() {
        // Given
        byte[] state = FORM.unknown();
        for (int day = 0; day < 8; day++) {
            putDay(state, day, 50, 20, 3);
        }

        // When
        DAYS.put(state, 8, 3, 60);
        DAYS.put(state, 8, 4, 100);
        DAYS.put(state, 8, 5, -40);
        DAYS.put(state, 8, 6, 1e9f);

        // Then: within a tenth of the distance from the middle, 60
        assertThat(DAYS.value(state, 8, 3)).isCloseTo(60, within(0.1f));
        assertThat(DAYS.value(state, 8, 4)).isCloseTo(100, within(4f));
        assertThat(DAYS.value(state, 8, 5)).isCloseTo(-40, within(10f));
        assertThat(DAYS.value(state, 8, 6)).isBetween(1_000f, 2_000f);
    }

    @Test
    void someWrongReadingsDoNotMakeTheDaysAfterThemCoarse() {
        // Given
        byte[] state = FORM.unknown();
        for (int day = 0; day < 8; day++) {
            putDay(state, day, 50, 20, 4);
        }

        // When: three of them in one day
        for (int bin = 0; bin < 3; bin++) {
            DAYS.put(state, 8, 5 * bin, 1e6f);
        }
        for (int day = 9; day < 17; day++) {
            putDay(state, day, 50, 20, 4);

            // Then
            assertKept(state, day, 50, 20, 4, 0.1f);
        }
    }

    @Test
    void anEventAfterALongCalmIsKept() {
        // Given: rain after two dry weeks
        byte[] state = FORM.unknown();
        for (int day = 0; day < 14; day++) {
            putDay(state, day, 0, 0, 5);
        }

        // When
        DAYS.put(state, 14, 0, 0);
        DAYS.put(state, 14, 1, 3);
        DAYS.put(state, 14, 2, 4.5f);

        // Then
        assertThat(DAYS.value(state, 13, 5)).isZero();
        assertThat(DAYS.value(state, 14, 0)).isZero();
        assertThat(DAYS.value(state, 14, 1)).isCloseTo(3, within(0.02f));
        assertThat(DAYS.value(state, 14, 2)).isCloseTo(4.5f, within(0.3f));
    }

    @Test
    void sensorWhoseLevelRisesAHundredfoldIsExactAgainAfterSomeDays() {
        // Given
        byte[] state = FORM.unknown();
        for (int day = 0; day < 8; day++) {
            putDay(state, day, 1, 0.5f, 6);
        }

        // When
        for (int day = 8; day < 20; day++) {
            putDay(state, day, 100, 50, 6);
        }

        // Then
        assertKept(state, 19, 100, 50, 6, 0.2f);
    }

    @Test
    void noReadingMakesAStateUnsound() {
        // Given
        byte[] state = FORM.unknown();
        float[] values = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 1e30f, -1e30f, 0, Float.NaN, -0f, 1e-40f};
        Random random = new Random(7);

        for (int i = 0; i < 10_000; i++) {
            // When
            float value = values[random.nextInt(values.length)];
            if (RecentDays.isValue(value)) {
                DAYS.put(state, i / 30, random.nextInt(BINS), value);
            }

            // Then
            assertThat(DAYS.areSound(state, i / 30)).isTrue();
        }
        assertThat(RecentDays.isValue(Float.MAX_VALUE)).isFalse();
        assertThat(RecentDays.isValue(Float.NEGATIVE_INFINITY)).isFalse();
    }

    @Test
    void everyCodeIsThatOfItsOwnValue() {
        for (int code = 1; code < 256; code++) {
            // Given
            float value = DayCode.value(60, 0.25f, (byte) code);

            // Then
            assertThat(DayCode.of(value, 60, 0.25f)).isEqualTo((byte) code);
        }
        assertThat(DayCode.value(60, 0.25f, DayCode.MISSING)).isNaN();
    }
}
