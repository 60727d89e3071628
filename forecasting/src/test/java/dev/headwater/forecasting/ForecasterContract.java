package dev.headwater.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The contract of every forecaster.
public interface ForecasterContract {

    SensorNetwork NETWORK = Fixtures.network(Duration.ofHours(1), 6, 5);
    Series SERIES = Fixtures.series(NETWORK, 3, 700, 12);

    /// The forecaster under test, for `NETWORK`, fitted on `SERIES` where it needs a fit.
    Forecaster forecaster();

    private static WindowBatch batch(int first, int count) {
        WindowBatch batch = new WindowBatch(NETWORK, count, new SeriesHistory(SERIES));
        for (int w = first; w < first + count; w++) {
            batch.add(SERIES, w % 3, 200 + w);
        }
        return batch;
    }

    private static float[] forecast(Forecaster forecaster, WindowBatch batch) {
        float[] out = new float[batch.count() * NETWORK.window().horizon()];
        forecaster.forecast(batch, out);
        return out;
    }

    @Test
    default void fillsAsManyValuesAsItPromises() {
        for (int count : new int[] {0, 1, 2, 33, 100}) {
            // Given
            int values = count * NETWORK.window().horizon();
            float[] out = new float[values + 3];
            Arrays.fill(out, Float.NaN);

            // When
            forecaster().forecast(batch(0, count), out);

            // Then
            for (int i = 0; i < values; i++) {
                assertThat(out[i]).isFinite();
            }
            assertThat(Arrays.copyOfRange(out, values, values + 3)).containsOnly(Float.NaN);
        }
        assertThat(forecaster().horizon()).isEqualTo(NETWORK.window().horizon());
        assertThat(forecaster().name()).isNotBlank();
    }

    @Test
    default void isFiniteForWindowsWithoutAnyReading() {
        // Given
        long slot = SERIES.firstSlot();
        WindowBatch batch = new WindowBatch(NETWORK, 2, (sensor, seasonalState) -> Float.NaN);
        batch.add("s0", new SensorWindow(1, 6), slot);
        batch.add("stranger", new SensorWindow(1, 6), slot + 5);

        // When
        float[] out = forecast(forecaster(), batch);

        // Then
        for (float value : out) {
            assertThat(value).isFinite();
        }
    }

    @Test
    default void forecastsEachWindowAsIfItWereAlone() {
        // Given
        int count = 45;
        int horizon = NETWORK.window().horizon();

        // When
        float[] together = forecast(forecaster(), batch(0, count));

        // Then
        for (int w = 0; w < count; w++) {
            float[] alone = forecast(forecaster(), batch(w, 1));
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, w * horizon, (w + 1) * horizon));
        }
    }

    @Test
    default void leavesTheBatchAsItWas() {
        // Given
        WindowBatch batch = batch(0, 20);
        WindowBatch untouched = batch(0, 20);

        // When
        float[] first = forecast(forecaster(), batch);
        float[] second = forecast(forecaster(), batch);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(batch.count()).isEqualTo(20);
        for (int w = 0; w < 20; w++) {
            assertThat(batch.sensor(w)).isEqualTo(untouched.sensor(w));
            assertThat(batch.issuedAt(w)).isEqualTo(untouched.issuedAt(w));
            for (int step = 0; step < batch.lookback(); step++) {
                assertThat(batch.value(w, step, 0)).isEqualTo(Float.valueOf(untouched.value(w, step, 0)));
            }
        }
    }

    @Test
    default void servesSeveralThreadsAtOnce() throws Exception {
        // Given
        Forecaster shared = forecaster();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            expected.add(forecast(shared, batch(i, 1 + i)));
        }

        // When
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<float[]>> found = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int which = i % 40;
                found.add(pool.submit(() -> forecast(shared, batch(which, 1 + which))));
            }

            // Then
            for (int i = 0; i < 400; i++) {
                assertThat(found.get(i).get()).isEqualTo(expected.get(i % 40));
            }
        }
    }
}
