package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SeasonalInputs;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Seasonal states of a history, compared with those of a stream.
class SeasonalSeriesTest {

    private static final Town TOWN = Town.hourly();
    private static final SensorNetwork NETWORK = TOWN.network();
    private static final long FIRST = TOWN.first();

    private static Series series(Town town, float[] values) {
        Series.Builder builder = new Series.Builder(town.network());
        for (int i = 0; i < values.length; i++) {
            builder.add("s", town.first() + i, new float[] {values[i]});
        }
        return builder.build();
    }

    /// A history whose only sensor has that state.
    private static History streamed(SeasonalState state) {
        return new History() {
            @Override
            public float target(String sensor, long slot) {
                return Float.NaN;
            }

            @Override
            public SeasonalView seasonalState(String sensor) {
                return state;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 10, 7, 5})
    void seriesGivesTheWindowsOfEachSlotWhatTheStreamKnewThen(int minutes) {
        // Given
        Town town = new Town(minutes, Profile.MOVING);
        float[] values = town.readings(11);
        WindowBatch offline = new WindowBatch(town.network(), 1, new SeriesHistory(series(town, values)));
        ProfileDays days = new ProfileDays(town.network());
        SeasonalState state = new SeasonalState(days, Rates.MOVING).on(SeasonalState.unknown(days));
        WindowBatch online = new WindowBatch(town.network(), 1, streamed(state));
        float[] window = new float[town.network().window().lookback()];

        for (int i = 0; i < values.length; i++) {
            if (!Float.isNaN(values[i])) {
                // When
                state.add(town.first() + i, values[i]);
                online.add("s", town.first() + i, window);
                offline.add("s", town.first() + i, window);

                // Then
                assertSame(offline.seasonal(), online.seasonal(), town.network());
                online.clear();
                offline.clear();
            }
        }
    }

    private static void assertSame(SeasonalInputs found, SeasonalInputs expected, SensorNetwork network) {
        for (int sample = 0; sample < network.window().lookback(); sample++) {
            assertSame(found.sampleWeekday(0, sample), expected.sampleWeekday(0, sample));
            assertSame(found.sampleKind(0, sample), expected.sampleKind(0, sample));
        }
        for (int step = 1; step <= network.window().horizon(); step++) {
            assertSame(found.stepWeekday(0, step), expected.stepWeekday(0, step));
            assertSame(found.stepKind(0, step), expected.stepKind(0, step));
            assertSame(found.stepSpread(0, step), expected.stepSpread(0, step));
            assertSame(found.stepSeason(0, step, 0), expected.stepSeason(0, step, 0));
            assertSame(found.stepSeason(0, step, 1), expected.stepSeason(0, step, 1));
        }
    }

    private static void assertSame(float found, float expected) {
        assertThat(Float.floatToIntBits(found)).isEqualTo(Float.floatToIntBits(expected));
    }

    @Test
    void windowKeepsWhatWasKnownWhenItWasAdded() {
        // Given
        ProfileDays days = new ProfileDays(NETWORK);
        SeasonalState state = new SeasonalState(days, Rates.MOVING).on(SeasonalState.unknown(days));
        WindowBatch batch = new WindowBatch(NETWORK, 2, streamed(state));
        for (int i = 0; i < 72; i++) {
            state.add(FIRST + i, 30);
        }
        batch.add("s", FIRST + 71, new float[3]);

        // When
        for (int i = 48; i < 96; i++) {
            state.add(FIRST + i, 50);
        }
        batch.add("s", FIRST + 71, new float[3]);

        // Then
        assertThat(batch.seasonal().stepWeekday(0, 1)).isEqualTo(30);
        assertThat(batch.seasonal().sampleKind(0, 2)).isEqualTo(30);
        assertThat(batch.seasonal().stepSeason(0, 1, 0)).isEqualTo(30);
        assertThat(batch.seasonal().stepWeekday(1, 1)).isGreaterThan(35);
        assertThat(batch.seasonal().stepSeason(1, 1, 0)).isCloseTo(50, within(0.3f));
    }

    @Test
    void whatIsKnownOfLaterSlotsIsNotGivenToAnEarlierReading() {
        // Given
        float[] values = new float[72];
        Arrays.fill(values, 30);
        SeasonalStates states = SeriesSeasonalStates.after(series(TOWN, values), 72, SeasonalStates.of(NETWORK));
        SeasonalState view = states.view();

        // Then
        assertThat(view.on(states.start("s", FIRST + 72)).profile(0).kind(0, 5)).isEqualTo(30);
        assertThat(view.on(states.start("s", FIRST + 71)).profile(0).kind(0, 5)).isNaN();
        assertThat(view.on(states.start("t", FIRST + 72)).profile(0).kind(0, 5)).isNaN();
        assertThat(states.areSound()).isTrue();
    }

    @Test
    void aSensorStartsFromACopyOfItsState() {
        // Given
        float[] values = new float[72];
        SeasonalStates states = SeriesSeasonalStates.after(series(TOWN, values), 72, SeasonalStates.of(NETWORK));

        // When
        byte[] changed = states.newest("s");
        states.view().on(changed).add(FIRST + 80, 30);

        // Then
        assertThat(states.newest("s")).isNotEqualTo(changed);
    }

    @Test
    void fixedProfileIsThePlainMeanAndStaysSo() {
        // Given: three Mondays and Tuesdays of 10, 20 and 60
        Town town = new Town(60, Profile.FIXED);
        Series.Builder builder = new Series.Builder(town.network());
        long monday = town.slotOf(LocalDate.of(2017, 4, 3));
        float[] levels = {10, 20, 60}; // the last is far out of the range before it, where the code is coarse
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
        assertThat(seasonalState.profile(0).weekday(0, 0, 7)).isCloseTo(30, within(1f));
        assertThat(seasonalState.profile(Long.MAX_VALUE).weekday(1, 0, 7)).isCloseTo(30, within(1f));
    }
}
