package dev.headwater.forecasting.seasonal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.seasonal.SeasonalStates.Known;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A sensor that begins when three others have had four weeks, compared with a plain version in double precision.
class BorrowedProfileTest {

    private static final Town TOWN = Town.hourly();
    private static final ProfileDays DAYS = new ProfileDays(TOWN.network());
    private static final long FIRST = TOWN.first() + TOWN.slots(); // of the new sensor
    private static final double HALF_FLOATS = 0.2; // values are below 200

    private final SeasonalStates others = SeasonalStates.of(TOWN.network(), FIRST - 1, Known.of(lenders()));
    private final DayProfile shape = requireNonNull(others.shape(FIRST));
    private final SeasonalState state = others.view().on(others.start("new", FIRST));

    private static Map<String, byte[]> lenders() {
        Map<String, byte[]> lenders = new HashMap<>();
        SeasonalState view = SeasonalStates.of(TOWN.network()).view();
        for (int seed = 1; seed <= 3; seed++) {
            byte[] bytes = SeasonalState.unknown(DAYS);
            view.on(bytes);
            float[] values = TOWN.readings(seed);
            for (int i = 0; i < values.length; i++) {
                view.add(TOWN.first() + i, values[i]);
            }
            lenders.put("s" + seed, bytes);
        }
        return lenders;
    }

    private List<DayProfile> theirs() {
        return others.known().sensors().stream()
                .map(sensor ->
                        others.view().on(others.newest(sensor)).profile(0).frozen(null))
                .toList();
    }

    /// Half of these readings lie far above those of the others.
    private static float[] readings(int slots) {
        float[] values = TOWN.readings(9);
        return IntStream.range(0, slots)
                .collect(
                        () -> new float[slots],
                        (all, i) -> all[i] = values[i % values.length] + 60 * (i % 2),
                        (a, b) -> {});
    }

    private static double mean(DayProfile profile, int row, int entry) {
        return Float.float16ToFloat(profile.half(row, entry));
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    @Test
    void theShapeIsTheMedianOfTheSensorsAndItsSpreadTellsHowFarTheyLieApart() {
        List<DayProfile> theirs = theirs();
        for (int entry = 0; entry < 24; entry++) {
            for (int row = 0; row < ProfileGrid.MEANS; row++) {
                int at = row;
                int where = entry;
                double[] values = theirs.stream()
                        .mapToDouble(profile -> mean(profile, at, where))
                        .toArray();
                assertThat(mean(shape, row, entry)).isCloseTo(median(values), within(0.05));
            }
            for (int kind = 0; kind < ProfileGrid.KINDS; kind++) {
                int row = ProfileDays.WEEKDAYS + kind;
                int where = entry;
                double common = mean(shape, row, entry);
                double apart = theirs.stream()
                        .mapToDouble(profile -> Math.abs(mean(profile, row, where) - common))
                        .average()
                        .orElseThrow();
                double[] spreads = theirs.stream()
                        .mapToDouble(profile -> mean(profile, row + ProfileGrid.KINDS, where))
                        .toArray();
                assertThat(mean(shape, row + ProfileGrid.KINDS, entry)).isCloseTo(median(spreads) + apart, within(0.1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 23, 24, 30, 24 * 4 + 5, 24 * 6, 24 * 9 + 7, 24 * 13})
    void anOwnDayAndTheShapeWeighTheSame(int slots) {
        // Given
        float[] values = readings(slots);
        for (int i = 0; i < slots; i++) {
            state.add(FIRST + i, values[i]);
        }
        DayProfile own = state.profile(0);
        long now = DAYS.position(FIRST + slots - 1);

        // When
        BorrowedProfile found = new BorrowedProfile(DAYS).on(own, shape, state, now);

        // Then
        assertThat(own.isFull()).isFalse();
        double shift = plainShift(now);
        for (int entry = 0; entry < 24; entry++) {
            for (int row = 0; row < ProfileGrid.ROWS; row++) {
                String what = "row " + row + ", entry " + entry;
                assertThat(mean(found, row, entry))
                        .as(what)
                        .isCloseTo(plain(own, row, entry, shift), within(HALF_FLOATS));
            }
        }
    }

    private double plainShift(long now) {
        double[] differences = IntStream.range(0, 24)
                .mapToObj(back -> now - back)
                .mapToDouble(at ->
                        state.value(DAYS.day(at), DAYS.bin(at)) - shape.kind(DAYS.kind(DAYS.day(at)), DAYS.bin(at)))
                .filter(difference -> !Double.isNaN(difference))
                .sorted()
                .toArray();
        int count = differences.length;
        return count == 0 ? 0 : differences[count / 2] * count / (count + 12);
    }

    private double plain(DayProfile own, int row, int entry, double shift) {
        double common = mean(shape, row, entry) + (row < ProfileGrid.MEANS ? shift : 0);
        int kind = row < 5 ? 7 : 8;
        if (row < ProfileDays.WEEKDAYS && own.seen(kind) > 0) {
            common = plain(own, kind, entry, shift);
        }
        double mine = mean(own, row, entry);
        int days = own.seen(row);
        return Double.isNaN(mine) ? common : (days * mine + common) / (days + 1);
    }

    @Test
    void fourteenDaysOfItsOwnAreEnough() {
        // Given
        int slots = 0;
        while (!state.profile(0).isFull()) {
            // When
            state.add(FIRST + slots, 50);
            slots++;
        }

        // Then
        assertThat(slots).isEqualTo(14 * 24); // it begins at one o'clock, since daylight saving has begun
        assertThat(state.profile(0).frozen(null).isFull()).isTrue();
    }

    @Test
    void nothingIsLentBeforeItWasKnown() {
        assertThat(others.shape(FIRST - 1)).isNull();
        assertThat(SeasonalStates.of(TOWN.network()).shape(FIRST)).isNull();
        SeasonalStates later = SeasonalStates.of(TOWN.network()).later(FIRST - 1, others.known());
        assertThat(later.shape(FIRST)).isNull();
        assertThat(later.lending().shape(FIRST)).isNotNull();
    }
}
