package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final int LOOKBACK = 4;
    private static final int HORIZON = 3;
    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofMinutes(5), LOOKBACK, HORIZON);

    /// More windows than one chunk holds, and not a whole number of chunks.
    private static final Range RANGE = new Range(7, 2500);

    private static final Series SERIES = Fixtures.series(NETWORK, 3, 2600, 6);

    /// Errors of persistence by a double loop; `counts` receives the numbers of forecasts and of abstained
    /// windows.
    private static HorizonErrors plain(long[] counts) {
        HorizonErrors errors = new HorizonErrors(HORIZON);
        for (int s = 0; s < 3; s++) {
            for (int first = RANGE.first(); first < RANGE.first() + RANGE.count(); first++) {
                float last = Float.NaN;
                int observed = 0;
                for (int row = first; row < first + LOOKBACK; row++) {
                    float value = SERIES.target(s, row);
                    last = Float.isNaN(value) ? last : value;
                    observed += Float.isNaN(value) ? 0 : 1;
                }
                counts[observed < 1 ? 1 : 0]++;
                for (int step = 0; observed >= 1 && step < HORIZON; step++) {
                    errors.add(step, last, SERIES.target(s, first + LOOKBACK + step));
                }
            }
        }
        return errors;
    }

    private long newest;
    private long steps;

    @Test
    void givesTheFiguresOfAPlainDoubleLoopWhateverTheChunks() {
        // Given
        long[] counts = new long[2];
        HorizonErrors expected = plain(counts);

        // When
        Evaluation.Result result = new Evaluation(SERIES, RANGE).errors(new Persistence(HORIZON, -1));

        // Then
        assertThat(result.forecasts()).isEqualTo(counts[0]);
        assertThat(result.abstained()).isEqualTo(counts[1]).isPositive();
        assertThat(result.errors().table(NETWORK)).isEqualTo(expected.table(NETWORK));
    }

    @Test
    void showsEveryForecastInOrderAndReportsProgress() {
        // Given
        List<Long> done = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        HorizonErrors counted = new HorizonErrors(HORIZON);

        // When
        Evaluation.Result result = new Evaluation(SERIES, RANGE)
                .errors(
                        new Persistence(HORIZON, -1),
                        null,
                        (sensor, slot, step, forecast, truth) -> {
                            if (step == 0 && (seen.isEmpty() || !seen.getLast().equals(sensor))) {
                                seen.add(sensor);
                                newest = Long.MIN_VALUE;
                            }
                            assertThat(slot - step).isGreaterThanOrEqualTo(newest);
                            newest = slot - step;
                            counted.add(step, forecast, truth);
                            steps++;
                        },
                        done::add);

        // Then
        assertThat(seen).containsExactly("s0", "s1", "s2");
        assertThat(steps).isEqualTo(HORIZON * result.forecasts());
        assertThat(counted.table(NETWORK)).isEqualTo(result.errors().table(NETWORK));
        assertThat(done).isSorted().hasSize(9).endsWith(3L * RANGE.count());
    }

    @Test
    void abstainsBelowTheStatedShare() {
        // Given: 2 of 4 slots must be observed, which holds in the first two and the last two windows only
        SensorNetwork strict = Fixtures.network(Duration.ofMinutes(5), 4, 2, 0.5, NETWORK.measures(), "speed");
        Series.Builder builder = new Series.Builder(strict);
        for (long slot : new long[] {0, 1, 2, 8, 9, 10}) {
            builder.add("a", slot, new float[] {5});
        }
        Set<Long> issued = new TreeSet<>();

        // When
        Evaluation.Result result = new Evaluation(builder.build(), new Range(0, 8))
                .errors(
                        new Persistence(2, 0),
                        null,
                        (sensor, slot, step, forecast, truth) -> issued.add(slot - step - 1),
                        windows -> {});

        // Then
        assertThat(issued).containsExactly(3L, 4L, 9L, 10L);
        assertThat(result.abstained()).isEqualTo(4);
        assertThat(result.errors().count(0)).isEqualTo(1); // of slots 4, 5, 10 and 11 only 10 was observed
        assertThat(result.errors().count(1)).isZero();
    }

    @Test
    void passesOnWhatAForecasterThrows() {
        // Given
        Forecaster broken = new Forecaster() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public int horizon() {
                return HORIZON;
            }

            @Override
            public void forecast(WindowBatch batch, float[] out) {
                throw new ArithmeticException("on purpose");
            }
        };

        // Then
        assertThatThrownBy(() -> new Evaluation(SERIES, RANGE).errors(broken))
                .hasMessageContaining("on purpose")
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }
}
