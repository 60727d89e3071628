package dev.headwater.forecasting.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.ForecasterContract;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    private static Forecaster named(String name) {
        Climatology climatology = Climatology.fit(ForecasterContract.SERIES, 400);
        List<Forecaster> all = Baselines.all(ForecasterContract.NETWORK, climatology, 40);
        assertThat(all).extracting(Forecaster::name).isEqualTo(Baselines.NAMES);
        return all.get(Baselines.NAMES.indexOf(name));
    }

    @Nested
    class PersistenceTest implements ForecasterContract {
        @Override
        public Forecaster forecaster() {
            return named("persistence");
        }
    }

    @Nested
    class YesterdayTest implements ForecasterContract {
        @Override
        public Forecaster forecaster() {
            return named("yesterday");
        }
    }

    @Nested
    class LastWeekTest implements ForecasterContract {
        @Override
        public Forecaster forecaster() {
            return named("last-week");
        }
    }

    @Nested
    class HistoricalAverageTest implements ForecasterContract {
        @Override
        public Forecaster forecaster() {
            return named("historical-average");
        }
    }

    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofHours(1), 4, 6);

    /// A history with slot numbers as values, which fails the test when a future slot is requested.
    private static History upTo(long issuedAt) {
        return (sensor, slot) -> {
            assertThat(slot).isLessThanOrEqualTo(issuedAt);
            return slot % 5 == 0 ? Float.NaN : (float) slot;
        };
    }

    @Test
    void aSeasonShorterThanTheHorizonNeverReadsTheFuture() {
        for (int period = 1; period <= 8; period++) {
            for (long issuedAt = 1000; issuedAt < 1010; issuedAt++) {
                // Given
                SensorWindow window = new SensorWindow(1, 4);
                window.add(issuedAt - 1, new float[] {7});
                WindowBatch batch = new WindowBatch(NETWORK, 1, upTo(issuedAt));
                batch.add("a", window, issuedAt);
                float[] out = new float[6];

                // When
                new SeasonalNaive("season", new WindowSpec(3, 6), period, -1).forecast(batch, out);

                // Then
                for (int step = 1; step <= 6; step++) {
                    long past = issuedAt + step;
                    while (past > issuedAt) {
                        past -= period;
                    }
                    assertThat(out[step - 1]).isEqualTo(past % 5 == 0 ? 7f : (float) past);
                }
            }
        }
    }

    @Test
    void repeatsTheLastObservedValueAndFallsBackOnTheMean() {
        // Given
        SensorWindow window = new SensorWindow(1, 4);
        window.add(1000, new float[] {3});
        window.add(1002, new float[] {Float.NaN});
        WindowBatch batch = new WindowBatch(NETWORK, 2, History.NONE);
        batch.add("a", window, 1002);
        batch.add("a", window, 1010);
        float[] persistence = new float[12];
        float[] seasonal = new float[12];

        // When
        new Persistence(6, 40).forecast(batch, persistence);
        new SeasonalNaive("yesterday", new WindowSpec(3, 6), 24, 40).forecast(batch, seasonal);

        // Then
        assertThat(persistence).containsExactly(3, 3, 3, 3, 3, 3, 40, 40, 40, 40, 40, 40);
        assertThat(seasonal).isEqualTo(persistence);
    }

    @Test
    void theHistoricalAverageIsTheClimatologyOfTheSlotForecast() {
        // Given
        Series series = Fixtures.series(NETWORK, 2, 500, 8);
        Climatology climatology = Climatology.fit(series, 500);
        WindowBatch batch = new WindowBatch(NETWORK, 1, History.NONE);
        batch.add(series, 1, 100);
        float[] out = new float[6];

        // When
        new HistoricalAverage(new WindowSpec(3, 6), climatology, NETWORK.clock()).forecast(batch, out);

        // Then
        for (int step = 1; step <= 6; step++) {
            long slot = series.firstSlot() + 103 + step;
            assertThat(out[step - 1]).isEqualTo(climatology.mean(1, NETWORK.clock(), slot));
        }
    }
}
