package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.truth.CausalIntervals;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CausalEvaluationTest {

    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofMinutes(5), 4, 3);
    private static final int ROWS = 2_000;
    private static final Persistence FORECASTER = new Persistence(3, -1);

    /// A series of noise, which is ten times as large from a row on.
    private static Series series(int wildFrom) {
        Random random = new Random(1);
        Series.Builder builder = new Series.Builder(NETWORK);
        float[] reading = new float[NETWORK.measures().size()];
        for (int row = 0; row < ROWS; row++) {
            for (int m = 0; m < reading.length; m++) {
                reading[m] = 100 + (row < wildFrom ? 1 : 10) * (float) random.nextGaussian();
            }
            builder.add("a", row, reading);
        }
        return builder.build();
    }

    private static IntervalTable table() {
        float[] ones = {1, 1, 1};
        return IntervalTable.of(new ResidualBand(0.8, new float[] {-1, -1, -1}, ones), Levels.DEFAULT);
    }

    private static float[] boundsAt(Series series, int last) {
        CausalIntervals intervals = new CausalIntervals(NETWORK, table(), new SeriesHistory(series));
        WindowBatch batch = new WindowBatch(NETWORK, last, new SeriesHistory(series));
        for (int first = 0; first < last; first++) {
            batch.add(series, 0, first);
        }
        float[] values = new float[3 * last];
        FORECASTER.forecast(batch, values);
        float[] bounds = new float[0];
        for (int w = 0; w < last; w++) {
            bounds = intervals.of(batch, w, values).clone();
        }
        return bounds;
    }

    @Test
    void anIntervalDependsOnTheTruthsUntilItsSlotAlone() {
        // Given: the last of these windows ends at row 802
        int windows = 800;

        // Then
        assertThat(boundsAt(series(803), windows)).isEqualTo(boundsAt(series(ROWS), windows));
        assertThat(boundsAt(series(802), windows)).isNotEqualTo(boundsAt(series(ROWS), windows));
    }

    @Test
    void theIntervalsOfASensorLearnAndTheFixedOnesDoNot() {
        // When
        Evaluation.Result result = new Evaluation(series(0), new Range(0, ROWS - 6))
                .errors(FORECASTER, table(), Scorer.Sink.NONE, done -> {});

        // Then
        IntervalReport report = result.intervals().getFirst();
        assertThat(result.intervals()).hasSize(1);
        assertThat(report.coverage()).isBetween(0.6, 0.9);
        assertThat(report.byLead())
                .hasSize(3)
                .allSatisfy(step -> assertThat(step).isBetween(0.6, 0.9));
        assertThat(report.sensors().min()).isEqualTo(report.coverage());
        assertThat(report.fixed()).isNotNull();
        assertThat(report.fixed().coverage()).isLessThan(0.2);
        assertThat(report.winkler()).isLessThan(report.fixed().winkler());
        assertThat(result.crps()).isPositive();
    }
}
