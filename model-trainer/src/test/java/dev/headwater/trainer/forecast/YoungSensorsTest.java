package dev.headwater.trainer.forecast;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class YoungSensorsTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final int DAY = 288;
    private static final RandomGenerator LATEST = () -> 0;
    private static final RandomGenerator EARLIER = () -> -1;

    private final Series series = series();
    private final YoungSensors young = new YoungSensors(series, 60 * DAY);
    private final WindowBatch[] batches = young.batches();

    /// Two sensors that always report the same, 10 and 90.
    private static Series series() {
        Series.Builder builder = new Series.Builder(CITY);
        for (int row = 0; row < 70 * DAY; row++) {
            builder.add("a", 4_970_000 + row, new float[] {10});
            builder.add("b", 4_970_000 + row, new float[] {90});
        }
        return builder.build();
    }

    private WindowBatch at(int row, RandomGenerator random) {
        WindowBatch batch = requireNonNull(young.at(0, row, batches, random));
        batch.clear();
        batch.add(series, 0, row);
        return batch;
    }

    @Test
    void aSensorBeginsWithWhatTheOtherHalfHasInCommon() {
        // When
        WindowBatch first = at(21 * DAY, LATEST);

        // Then the level of four readings counts a quarter
        assertThat(first.borrows(0)).isTrue();
        assertThat(first.seasonal().stepWeekday(0, 1)).isCloseTo(90 - 80 / 4f, within(0.1f));
    }

    @Test
    void aSensorIsYoungInOneLifeAndGrownUpInTheOtherByItsAge() {
        for (int row = 42 * DAY; row < 59 * DAY; row += 50) {
            // When
            int age = (row - 21 * DAY) % (21 * DAY / 2);

            // Then
            assertThat(at(row, LATEST).borrows(0)).isTrue();
            double days = age / (double) DAY + 10.5;
            if (Math.abs(days - 14) > 1) { // a life begins within a day, and the first day counts
                assertThat(at(row, EARLIER).borrows(0))
                        .as("after %f days", days)
                        .isEqualTo(days < 14);
            }
        }
    }

    @Test
    void nobodyIsYoungBeforeOthersHaveAProfile() {
        assertThat(young.at(0, 21 * DAY - 1, batches, LATEST)).isNull();
        assertThat(young.at(0, 21 * DAY, batches, EARLIER)).isNull();
    }
}
