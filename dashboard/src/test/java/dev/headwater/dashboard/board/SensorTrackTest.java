package dev.headwater.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SensorTrackTest {

    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofMinutes(5), 3, 4);
    private static final Memory MEMORY = new Memory(40, 1, 0, 4);
    private static final float HALF = 0.05f; // precision of a half float up to 80

    private final Map<Long, Float> readings = new HashMap<>(); // the oracle: all that came, by slot
    private final Map<Long, float[]> forecasts = new HashMap<>();
    private final SensorTrack track = new SensorTrack(MEMORY);
    private long newest = Long.MIN_VALUE;

    @Test
    void remembersWhatAMapOfEverythingWould() {
        Random random = new Random(42);
        long now = 1_000;
        for (int event = 0; event < 20_000; event++) {
            // Given readings and forecasts in and out of order, with jumps of up to more than what is remembered
            now += random.nextInt(100) == 0 ? random.nextInt(100) : random.nextInt(3) - 1;
            if (random.nextBoolean()) {
                read(now, random.nextInt(8) == 0 ? Float.NaN : random.nextInt(800) / 10f);
            } else {
                forecast(now, random);
            }

            // Then slots within, at the edges of and beyond what is remembered are as in the map
            for (long slot : new long[] {newest + 1, newest, newest - 1, newest - 39, newest - 40, now}) {
                assertSlot(slot);
            }
        }
        assertErrors();
    }

    private void read(long slot, float value) {
        newest = Math.max(newest, slot);
        track.read(slot, new float[] {value}, 0);
        if (slot > newest - MEMORY.slots()) {
            readings.put(slot, value);
        }
    }

    private void forecast(long slot, Random random) {
        newest = Math.max(newest, slot);
        float[] values = {random.nextInt(80), random.nextInt(80), random.nextInt(80), random.nextInt(80)};
        track.forecast(slot, issued(slot, values), 0);
        if (slot > newest - MEMORY.slots()) {
            forecasts.put(slot, values);
        }
    }

    private static Forecast issued(long slot, float... values) {
        return new Forecast("s", NETWORK.clock().startMillis(slot), values, List.of(), 3, 3, "m@1", "", false);
    }

    private boolean isRemembered(long slot) {
        return slot <= newest && slot > newest - MEMORY.slots();
    }

    private void assertSlot(long slot) {
        Float expected = isRemembered(slot) ? readings.getOrDefault(slot, Float.NaN) : Float.NaN;
        assertThat(track.target(slot)).isEqualTo(expected);
        float[] values = isRemembered(slot) ? forecasts.get(slot) : null;
        for (int step = 1; step <= MEMORY.horizon(); step++) {
            float one = track.forecast(slot, step);
            if (values == null) {
                assertThat(one).isNaN();
            } else {
                assertThat(one).isCloseTo(values[step - 1], within(HALF));
            }
        }
    }

    private void assertErrors() {
        SensorErrors errors = SensorErrors.of(track, MEMORY, NETWORK.window());
        for (int step = 1; step <= MEMORY.horizon(); step++) {
            double model = 0;
            double persistence = 0;
            long count = 0;
            for (long issued = newest - MEMORY.slots() + 1; issued <= newest; issued++) {
                float last = readings.getOrDefault(issued, Float.NaN);
                float truth = readings.getOrDefault(issued + step, Float.NaN);
                float[] values = forecasts.get(issued);
                if (values != null && !Float.isNaN(last) && !Float.isNaN(truth)) {
                    model += Math.abs(values[step - 1] - truth);
                    persistence += Math.abs(last - truth);
                    count++;
                }
            }
            assertThat(count).isPositive();
            assertThat(errors.counts()[step - 1]).isEqualTo(count);
            assertThat(errors.model()[step - 1]).isCloseTo(model, within((double) HALF * count));
            assertThat(errors.persistence()[step - 1]).isCloseTo(persistence, within(1e-3));
        }
    }

    @Test
    void keepsTheNewestForecastWholeAndTellsItsLatency() {
        // Given
        track.read(10, new float[] {60}, 1_000);

        // When
        long latency = track.forecast(10, issued(10, 61.234567f, 2, 3, 4), 5_000);
        long unknown = track.forecast(9, issued(9, 1, 2, 3, 4), 6_000);

        // Then
        assertThat(latency).isEqualTo(4_000);
        assertThat(unknown).isNegative();
        Forecast newestForecast = track.newestForecast();
        assertThat(newestForecast).isNotNull();
        assertThat(newestForecast.values()[0]).isEqualTo(61.234567f);
    }
}
