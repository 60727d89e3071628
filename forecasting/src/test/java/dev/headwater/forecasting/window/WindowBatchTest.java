package dev.headwater.forecasting.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowBatchTest {

    private static final int LOOKBACK = 5;
    private static final SensorNetwork NETWORK = Fixtures.network(
            Duration.ofMinutes(5),
            LOOKBACK,
            3,
            0.25,
            List.of(new Measure("flow", "1/h", null), new Measure("speed", "mph", 0f)),
            "speed");

    @Test
    void streamedWindowsEqualOfflineWindows() {
        for (int seed = 0; seed < 5; seed++) {
            // Given
            Series series = Fixtures.series(NETWORK, 1, 400, seed);
            SensorWindow window = new SensorWindow(2, LOOKBACK + 2);
            int compared = 0;
            for (int row = 0; row < series.slots(); row++) {
                if (!series.observed(0, row)) {
                    continue;
                }
                long end = series.firstSlot() + row;
                window.add(end, new float[] {series.value(0, row, 0), series.value(0, row, 1)});
                if (!window.covers(end, LOOKBACK)) {
                    continue;
                }

                // When
                WindowBatch batch = new WindowBatch(NETWORK, 2, History.NONE);
                batch.add("s0", window, end);
                batch.add(series, 0, row - LOOKBACK + 1);

                // Then
                assertSameWindows(batch);
                compared++;
            }
            assertThat(compared).isGreaterThan(200);
        }
    }

    private static void assertSameWindows(WindowBatch batch) {
        assertThat(batch.sensor(0)).isEqualTo(batch.sensor(1));
        assertThat(batch.issuedAt(0)).isEqualTo(batch.issuedAt(1));
        assertThat(batch.observed(0)).isEqualTo(batch.observed(1));
        assertThat(batch.lastObserved(0)).isEqualTo(Float.valueOf(batch.lastObserved(1)));
        for (int step = 0; step < LOOKBACK; step++) {
            for (int m = 0; m < 2; m++) {
                assertThat(batch.value(0, step, m)).isEqualTo(Float.valueOf(batch.value(1, step, m)));
            }
        }
    }

    @Test
    void countsWhatOfTheTargetWasObserved() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);
        builder.add("a", 100, new float[] {1, 50});
        builder.add("a", 101, new float[] {2, 60});
        builder.add("a", 102, new float[] {3, 0}); // 0 = no reading of speed
        builder.add("a", 104, new float[] {4, Float.NaN});
        builder.add("a", 109, new float[] {5, Float.NaN});
        Series series = builder.build();
        WindowBatch batch = new WindowBatch(NETWORK, 3, History.NONE);

        // When
        batch.add(series, 0, 0);
        batch.add(series, 0, 5);

        // Then
        assertThat(batch.count()).isEqualTo(2);
        assertThat(batch.isFull()).isFalse();
        assertThat(batch.issuedAt(0)).isEqualTo(104);
        assertThat(batch.observed(0)).isEqualTo(2);
        assertThat(batch.lastObserved(0)).isEqualTo(60);
        assertThat(batch.value(0, 4, 0)).isEqualTo(4);
        assertThat(batch.observed(1)).isZero();
        assertThat(batch.lastObserved(1)).isNaN();
    }

    @Test
    void isReusedFromBatchToBatch() {
        // Given
        Series series = Fixtures.series(NETWORK, 2, 20, 1);
        WindowBatch batch = new WindowBatch(NETWORK, 2, History.NONE);
        batch.add(series, 0, 0);
        batch.add(series, 0, 1);
        assertThat(batch.isFull()).isTrue();

        // When
        batch.removeLast();
        batch.add(series, 1, 7);

        // Then
        assertThat(batch.count()).isEqualTo(2);
        assertThat(batch.sensor(1)).isEqualTo("s1");
        assertThat(batch.value(1, 0, 1)).isEqualTo(series.value(1, 7, 1));
        batch.clear();
        assertThat(batch.count()).isZero();
        assertThat(batch.capacity()).isEqualTo(2);
    }
}
