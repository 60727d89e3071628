package dev.headwater.forecasting.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.window.SensorWindow.Arrival;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorWindowTest {

    /// The reference for the ring: all readings so far, and whether each opened its slot.
    private static final class Oracle {
        record Kept(float[] values, boolean opened) {}

        final int retained;
        final TreeMap<Long, Kept> kept = new TreeMap<>();
        long oldestTaken = Long.MAX_VALUE;

        Oracle(int retained) {
            this.retained = retained;
        }

        Arrival add(long slot, float[] values) {
            if (kept.isEmpty() || slot > kept.lastKey()) {
                kept.put(slot, new Kept(values, true));
                oldestTaken = Math.min(oldestTaken, slot);
                return Arrival.ADVANCED;
            }
            if (!inside(slot)) {
                return Arrival.LATE;
            }
            oldestTaken = Math.min(oldestTaken, slot);
            Kept before = kept.put(slot, new Kept(values, kept.containsKey(slot) && kept.get(slot).opened));
            return before == null ? Arrival.FILLED : Arrival.DUPLICATE;
        }

        boolean inside(long slot) {
            return !kept.isEmpty() && slot <= kept.lastKey() && slot > kept.lastKey() - retained;
        }

        boolean arrived(long slot) {
            return inside(slot) && kept.containsKey(slot);
        }

        float value(long slot, int measure) {
            return arrived(slot) ? kept.get(slot).values[measure] : Float.NaN;
        }

        boolean covers(long end, int lookback) {
            return inside(end) && inside(end - lookback + 1) && end - lookback + 1 >= oldestTaken;
        }
    }

    /// Mostly in order; with jumps to and beyond the ring's end, late readings around its edge, and duplicates.
    private static long nextSlot(Random random, long newest, int retained) {
        return switch (random.nextInt(8)) {
            case 0 -> newest;
            case 1 -> newest + retained - 1 + random.nextInt(3);
            case 2 -> newest - retained + random.nextInt(3);
            case 3 -> newest - random.nextInt(2 * retained);
            case 4 -> newest + 2 + random.nextInt(retained);
            default -> newest + 1;
        };
    }

    private static float[] reading(Random random, int measures) {
        float[] values = new float[measures];
        for (int m = 0; m < measures; m++) {
            values[m] = random.nextInt(6) == 0 ? Float.NaN : random.nextFloat();
        }
        return values;
    }

    private static void assertSame(SensorWindow window, Oracle oracle, int measures, int retained) {
        long newest = oracle.kept.lastKey();
        assertThat(window.newest()).isEqualTo(newest);
        for (long slot = newest - 2L * retained; slot <= newest + 2; slot++) {
            assertThat(window.retains(slot)).isEqualTo(oracle.inside(slot));
            assertThat(window.arrived(slot)).isEqualTo(oracle.arrived(slot));
            assertThat(window.opened(slot)).isEqualTo(oracle.arrived(slot) && oracle.kept.get(slot).opened);
            for (int m = 0; m < measures; m++) {
                assertThat(window.value(slot, m)).isEqualTo(Float.valueOf(oracle.value(slot, m)));
            }
            for (int lookback = 1; lookback <= retained + 1; lookback++) {
                assertThat(window.covers(slot, lookback)).isEqualTo(oracle.covers(slot, lookback));
            }
        }
        float[] copy = new float[1 + (retained + 1) * measures];
        window.copy(newest, retained + 1, copy, 1);
        for (int i = 0; i <= retained; i++) {
            for (int m = 0; m < measures; m++) {
                assertThat(copy[1 + i * measures + m]).isEqualTo(Float.valueOf(oracle.value(newest - retained + i, m)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 2, -5", "2, 5, -3", "3, 12, 4966000"})
    void agreesWithAPlainMapOfAllReadings(int measures, int retained, long start) {
        for (int seed = 0; seed < 15; seed++) {
            // Given
            Random random = new Random(seed);
            SensorWindow window = new SensorWindow(measures, retained);
            Oracle oracle = new Oracle(retained);

            for (int i = 0; i < 40; i++) {
                long slot = window.isEmpty() ? start : nextSlot(random, window.newest(), retained);
                float[] values = reading(random, measures);

                // When
                Arrival arrival = window.add(slot, values);

                // Then
                assertThat(arrival).isEqualTo(oracle.add(slot, values.clone()));
                values[0] = -1; // the window has copied it
                assertSame(window, oracle, measures, retained);
            }
        }
    }

    @Test
    void comesBackWholeFromItsBytes() {
        // Given
        Random random = new Random(3);
        SensorWindow window = new SensorWindow(2, 7);
        Oracle oracle = new Oracle(7);
        for (int i = 0; i < 30; i++) {
            long slot = window.isEmpty() ? -4 : nextSlot(random, window.newest(), 7);
            float[] values = reading(random, 2);
            window.add(slot, values);
            oracle.add(slot, values);
        }
        byte[] bytes = new byte[3 + window.bytes().length];
        System.arraycopy(window.bytes(), 0, bytes, 3, window.bytes().length);

        // When
        SensorWindow back = new SensorWindow(2, 7);
        back.add(99, new float[] {1, 2});
        back.on(bytes, 3);

        // Then
        assertSame(back, oracle, 2, 7);
        long next = back.newest() + 3;
        assertThat(back.add(next, new float[] {5, 6})).isEqualTo(oracle.add(next, new float[] {5, 6}));
        assertSame(back, oracle, 2, 7);
    }

    @Test
    void anEmptyWindowHoldsNothing() {
        // Given
        SensorWindow window = new SensorWindow(1, 4);
        SensorWindow back = new SensorWindow(1, 4).on(window.bytes().clone(), 0);

        for (SensorWindow empty : new SensorWindow[] {window, back}) {
            // Then
            assertThat(empty.isEmpty()).isTrue();
            for (long slot : new long[] {Long.MIN_VALUE + 1, -1, 0, 3, Long.MAX_VALUE}) {
                assertThat(empty.retains(slot)).isFalse();
                assertThat(empty.arrived(slot)).isFalse();
                assertThat(empty.opened(slot)).isFalse();
                assertThat(empty.value(slot, 0)).isNaN();
            }
            assertThat(empty.covers(0, 1)).isFalse();
        }
    }

    @Test
    void pendingSlotsBehaveLikeASetOfTheSlotsThatHaveReadings() {
        // Given
        long seed = 42;
        Random random = new Random(seed);
        SensorWindow window = new SensorWindow(new WindowLayout(1, 20, 4));
        TreeSet<Long> oracle = new TreeSet<>();
        window.add(100, new float[] {1});

        for (int i = 0; i < 3_000; i++) {
            // When
            if (random.nextInt(10) == 0) {
                window.add(nextSlot(random, window.newest(), 20), new float[] {i});
            }
            long slot = window.newest() - random.nextInt(25);
            boolean pending = random.nextBoolean();
            boolean changes = window.arrived(slot) && oracle.contains(slot) != pending;
            assertThat(window.setPending(slot, pending)).isEqualTo(changes);
            if (changes && pending) {
                oracle.add(slot);
            } else if (changes) {
                oracle.remove(slot);
            }
            oracle.removeIf(one -> !window.retains(one));

            // Then
            for (long one = window.newest() - 25; one <= window.newest(); one++) {
                assertThat(window.isPending(one))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(oracle.contains(one));
            }
        }
    }

    @Test
    void growsOnlyAsFarAsItsReadingsReach() {
        // Given
        WindowLayout layout = new WindowLayout(1, 48, 8);
        SensorWindow window = new SensorWindow(layout);

        // Then
        int[][] readingsAndAreas = {{1, 1}, {8, 1}, {9, 2}, {16, 2}, {17, 4}, {32, 4}, {33, 7}, {500, 7}};
        int sent = 0;
        for (int[] expected : readingsAndAreas) {
            for (; sent < expected[0]; sent++) {
                window.add(8_000 + sent, new float[] {sent});
            }
            assertThat(window.bytes()).as("after %d", sent).hasSize(layout.bytes(expected[1]));
        }
    }

    @Test
    void itsBytesKeepTheirForm() {
        // Given
        SensorWindow window = new SensorWindow(new WindowLayout(1, 6, 4));

        // When
        window.add(41, new float[] {1.5f});
        window.add(43, new float[] {Float.NaN});
        window.add(42, new float[] {-2});
        window.setPending(43, true);

        // Then: first, newest; area 10 with the marks of slots 40 to 43 and their values
        assertThat(SensorWindow.VERSION).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(window.bytes()))
                .isEqualTo("0000000000000029" + "000000000000002b" + "000000000000000a" + "00020106" + "00000000"
                        + "3fc00000" + "c0000000" + "7fc00000");
    }
}
