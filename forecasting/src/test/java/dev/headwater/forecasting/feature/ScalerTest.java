package dev.headwater.forecasting.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalerTest {

    private static final SensorNetwork NETWORK = Fixtures.network(
            Duration.ofMinutes(5),
            4,
            2,
            0.25,
            List.of(new Measure("flow", "1/h", null), new Measure("speed", "mph", 0f)),
            "speed");

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 300, 999})
    void fitsTheObservedValuesOfTheFirstRows(int rows) {
        // Given
        Series series = Fixtures.series(NETWORK, 3, 300, 9);
        int kept = Math.min(rows, 300);

        // When
        Scaler scaler = Scaler.fit(series, rows);

        // Then
        for (int measure = 0; measure < 2; measure++) {
            double[] observed = observed(series, kept, measure);
            DoubleSummaryStatistics all = DoubleStream.of(observed).summaryStatistics();
            double variance = DoubleStream.of(observed)
                    .map(value -> (value - all.getAverage()) * (value - all.getAverage()))
                    .average()
                    .orElseThrow();
            double deviation = variance == 0 ? 1 : Math.sqrt(variance);
            assertThat((double) scaler.mean()[measure]).isEqualTo(all.getAverage(), within(1e-4));
            assertThat((double) scaler.deviation()[measure]).isEqualTo(deviation, within(1e-4));
            assertThat(scaler.scale(scaler.mean()[measure] + scaler.deviation()[measure], measure))
                    .isEqualTo(1, within(1e-5f));
            assertThat(scaler.unscale(scaler.scale(42, measure), measure)).isEqualTo(42, within(1e-4f));
        }
    }

    private static double[] observed(Series series, int rows, int measure) {
        return IntStream.range(0, series.sensors().size())
                .boxed()
                .flatMapToDouble(s -> IntStream.range(0, rows).mapToDouble(row -> series.value(s, row, measure)))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    @Test
    void leavesAMeasureThatNeverVariesUnscaled() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int slot = 0; slot < 10; slot++) {
            builder.add("a", slot, new float[] {0.1f, 42});
        }

        // When
        Scaler scaler = Scaler.fit(builder.build(), 10);

        // Then
        assertThat(scaler.deviation()).containsExactly(1, 1);
        assertThat(scaler.scale(42, 1)).isZero();
    }

    @Test
    void refusesAMeasureWithoutAnyValueAndPartsThatDoNotMatch() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);
        builder.add("a", 0, new float[] {1, 0});
        builder.add("a", 1, new float[] {1, 50});
        Series series = builder.build();

        // Then
        assertThatThrownBy(() -> Scaler.fit(series, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("measure speed of network made-up")
                .hasMessageContaining("all 1 training slots");
        assertThatThrownBy(() -> new Scaler(new float[2], new float[1])).isInstanceOf(IllegalArgumentException.class);
    }
}
