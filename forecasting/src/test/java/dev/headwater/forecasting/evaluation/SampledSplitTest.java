package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.baseline.Baselines;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SplitSpec;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// A window with a sample every third hour, steps of five hours, and a split of 50 / 25 / 25.
class SampledSplitTest {

    private static final WindowSpec WINDOW = new WindowSpec(4, 6, 3, 5);
    private static final SensorNetwork NETWORK = new NetworkBuilder("station")
            .interval(Duration.ofHours(1))
            .measures(List.of(new Measure("temperature", "degC", null)))
            .window(WINDOW)
            .split(new SplitSpec(0.5, 0.25))
            .build();

    private static Series series(int slots) {
        Random random = new Random(5);
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int row = 0; row < slots; row++) {
            builder.add("s", 400_000 + row, new float[] {random.nextInt(8) == 0 ? Float.NaN : 20 * random.nextFloat()});
        }
        return builder.build();
    }

    @Test
    void splitsByTheSharesOfTheNetwork() {
        // When
        ChronologicalSplit split = ChronologicalSplit.of(series(239));

        // Then: a window spans 10 slots, its horizon 30
        assertThat(split).isEqualTo(new ChronologicalSplit(200, 100, 50, 50, 10));
        assertThat(split.trainRows()).isEqualTo(109);
    }

    @Test
    void holdsBaselinesAgainstTheTruthAtTheLeadOfEachStep() {
        // Given
        Series series = series(500);
        ChronologicalSplit.Range range = ChronologicalSplit.of(series).range(ChronologicalSplit.Part.TEST);
        List<Forecaster> baselines = Baselines.all(NETWORK, Climatology.fit(series, 200), 10);

        // When
        HorizonErrors persistence =
                new Evaluation(series, range).errors(baselines.get(0)).errors();
        HorizonErrors yesterday =
                new Evaluation(series, range).errors(baselines.get(1)).errors();

        // Then
        for (int step = 1; step <= 6; step++) {
            double[] sums = new double[3];
            for (int first = range.first(); first < range.end(); first++) {
                int now = first + 9;
                float truth = series.target(0, now + 5 * step);
                float last = last(series, now);
                float past = series.target(0, now + 5 * step - (5 * step > 24 ? 48 : 24));
                if (!Float.isNaN(truth)) {
                    sums[0] += Math.abs(last - truth);
                    sums[1] += Math.abs((Float.isNaN(past) ? last : past) - truth);
                    sums[2]++;
                }
            }
            assertThat(persistence.mae(step - 1)).isCloseTo(sums[0] / sums[2], Offset.offset(1e-6));
            assertThat(yesterday.mae(step - 1)).isCloseTo(sums[1] / sums[2], Offset.offset(1e-6));
        }
    }

    private static float last(Series series, int now) {
        for (int sample = 0; sample < 4; sample++) {
            if (!Float.isNaN(series.target(0, now - 3 * sample))) {
                return series.target(0, now - 3 * sample);
            }
        }
        return 10;
    }
}
