package dev.headwater.forecasting.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final SensorNetwork NETWORK = Fixtures.network(
            Duration.ofMinutes(5),
            4,
            2,
            0.25,
            List.of(new Measure("flow", "1/h", -9999f), new Measure("speed", "mph", 0f)),
            "speed");

    @Test
    void holdsReadingsThatCameInAnyOrder() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            Series.Builder builder = new Series.Builder(NETWORK);
            List<TreeMap<Long, float[]>> plain = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            long duplicates = 0;
            for (int i = 0; i < 200; i++) {
                int s = i < 3 ? i : random.nextInt(3);
                long slot = 1000L * s + random.nextInt(-60, 60);
                float[] values = {1 + random.nextInt(9), 1 + random.nextInt(9)};

                // When
                builder.add("s" + s, slot, values);
                duplicates += plain.get(s).put(slot, values) == null ? 0 : 1;
            }
            Series series = builder.build();

            // Then
            assertThat(builder.duplicates()).isEqualTo(duplicates);
            assertThat(series.sensors()).containsExactly("s0", "s1", "s2");
            assertThat(series.firstSlot()).isEqualTo(plain.get(0).firstKey());
            assertThat(series.slots()).isEqualTo((int) (plain.get(2).lastKey() - series.firstSlot()) + 1);
            assertHolds(series, plain);
        }
    }

    private static void assertHolds(Series series, List<TreeMap<Long, float[]>> plain) {
        for (int s = 0; s < 3; s++) {
            for (int row = 0; row < series.slots(); row++) {
                float[] expected = plain.get(s).get(series.firstSlot() + row);
                assertThat(series.observed(s, row)).isEqualTo(expected != null);
                assertThat(series.value(s, row, 0))
                        .isEqualTo(Float.valueOf(expected == null ? Float.NaN : expected[0]));
                assertThat(series.target(s, row)).isEqualTo(Float.valueOf(expected == null ? Float.NaN : expected[1]));
            }
        }
    }

    @Test
    void takesNewestFirstAsQuicklyAsOldestFirst() {
        // Given
        int slots = 300_000;
        Series.Builder builder = new Series.Builder(NETWORK);

        // When: copying all values at each reading would move some 400 GB
        for (int slot = slots; slot > 0; slot--) {
            builder.add("a", slot, new float[] {slot, 1});
        }
        Series series = builder.build();

        // Then
        assertThat(series.slots()).isEqualTo(slots);
        assertThat(series.firstSlot()).isEqualTo(1);
        for (int row = 0; row < slots; row++) {
            if (series.value(0, row, 0) != row + 1) {
                assertThat(series.value(0, row, 0)).isEqualTo(row + 1);
            }
        }
    }

    @Test
    void turnsTheSourcesSentinelsIntoNaN() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);

        // When
        builder.add("a", 5, new float[] {-9999, 0});
        builder.add("a", 6, new float[] {0, -9999});
        builder.add("a", 7, new float[] {Float.POSITIVE_INFINITY, -0f});
        Series series = builder.build();

        // Then
        assertThat(series.observed(0, 0)).isFalse();
        assertThat(series.value(0, 1, 0)).isZero();
        assertThat(series.value(0, 1, 1)).isEqualTo(-9999);
        assertThat(series.observed(0, 2)).isFalse();
    }

    @Test
    void theLastReadingOfASlotWinsEvenWhenItIsMissing() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);

        // When
        builder.add("a", 5, new float[] {1, 2});
        builder.add("a", 5, new float[] {3, 4});
        builder.add("a", 5, new float[] {5, 0});
        Series series = builder.build();

        // Then
        assertThat(builder.duplicates()).isEqualTo(2);
        assertThat(series.slots()).isEqualTo(1);
        assertThat(series.value(0, 0, 0)).isEqualTo(5);
        assertThat(series.target(0, 0)).isNaN();
    }

    @Test
    void refusesAnEmptySourceAndAnAbsurdSpan() {
        // Given
        Series.Builder empty = new Series.Builder(NETWORK);
        Series.Builder one = new Series.Builder(NETWORK);
        one.add("a", 0, new float[] {1, 1});
        Series.Builder apart = new Series.Builder(NETWORK);
        apart.add("a", 0, new float[] {1, 1});
        apart.add("b", 1L << 40, new float[] {1, 1});

        // Then
        assertThatThrownBy(empty::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("made-up")
                .hasMessageContaining("no readings");
        assertThatThrownBy(() -> one.add("a", 1L << 40, new float[] {1, 1}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is the interval of the network right?");
        assertThatThrownBy(apart::build)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1099511627777 slots");
    }

    @Test
    void headIsTheBeginningAlone() {
        // Given
        Series series = Fixtures.series(NETWORK, 2, 50, 4);

        // When
        Series head = series.head(20);

        // Then
        assertThat(head.slots()).isEqualTo(20);
        assertThat(head.firstSlot()).isEqualTo(series.firstSlot());
        assertThat(head.sensors()).isEqualTo(series.sensors());
        float[] expected = new float[40];
        float[] found = new float[40];
        for (int s = 0; s < 2; s++) {
            series.copy(s, 0, 20, expected, 0);
            head.copy(s, 0, 20, found, 0);
            assertThat(found).isEqualTo(expected);
        }
        assertThat(series.head(1000).slots()).isEqualTo(50);
    }

    @Test
    void aTailBeginsAtItsRow() {
        // Given
        Series series = Fixtures.series(NETWORK, 2, 50, 4);

        // When
        Series tail = series.tail(30);

        // Then
        assertThat(tail.slots()).isEqualTo(20);
        assertThat(tail.firstSlot()).isEqualTo(series.firstSlot() + 30);
        float[] expected = new float[40];
        float[] found = new float[40];
        for (int s = 0; s < 2; s++) {
            series.copy(s, 30, 20, expected, 0);
            tail.copy(s, 0, 20, found, 0);
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void historyLooksASlotUpAndKnowsNothingBeyond() {
        // Given
        Series series = Fixtures.series(NETWORK, 2, 50, 4);

        // When
        SeriesHistory history = new SeriesHistory(series);

        // Then
        for (int s = 0; s < 2; s++) {
            for (int row = 0; row < 50; row++) {
                assertThat(history.target("s" + s, series.firstSlot() + row))
                        .isEqualTo(Float.valueOf(series.target(s, row)));
            }
        }
        assertThat(history.target("s0", series.firstSlot() - 1)).isNaN();
        assertThat(history.target("s0", series.firstSlot() + 50)).isNaN();
        assertThat(history.target("s0", series.firstSlot() + (1L << 32))).isNaN();
        assertThat(history.target("unknown", series.firstSlot())).isNaN();
    }
}
