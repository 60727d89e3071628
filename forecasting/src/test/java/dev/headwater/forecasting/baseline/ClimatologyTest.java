package dev.headwater.forecasting.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClimatologyTest {

    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofHours(6), 4, 2);

    private static String hour(SensorNetwork network, long slot) {
        ZonedDateTime local = network.clock().start(slot).atZone(network.zone());
        return local.getDayOfWeek() + " " + local.getHour() / 6;
    }

    /// The mean of the observed values at that weekday and time, of one sensor, or of all if null.
    private static Double plain(Series series, int rows, Integer sensor, String hour) {
        List<Double> found = new ArrayList<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            for (int row = 0; row < rows; row++) {
                float value = series.target(s, row);
                boolean wanted = (sensor == null || sensor == s)
                        && (hour == null || hour.equals(hour(NETWORK, series.firstSlot() + row)));
                if (wanted && !Float.isNaN(value)) {
                    found.add((double) value);
                }
            }
        }
        return found.isEmpty()
                ? null
                : found.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void agreesWithPlainMeansAndTheirFallbacks() {
        for (int rows : new int[] {5, 20, 60, 300}) {
            // Given
            Series series = Fixtures.series(NETWORK, 3, 300, 11);
            int kept = rows;

            // When
            Climatology climatology = Climatology.fit(series, rows);

            // Then: over a span with both clock changes of a year
            for (long slot = series.firstSlot(); slot < series.firstSlot() + 4 * 366; slot += 3) {
                for (int s = 0; s <= 3; s++) {
                    String hour = hour(NETWORK, slot);
                    Double own = s == 3 ? null : plain(series, kept, s, hour);
                    Double shared = own == null ? plain(series, kept, null, hour) : own;
                    double expected = shared == null ? plain(series, kept, null, null) : shared;
                    int row = climatology.indexOf(s == 3 ? "stranger" : "s" + s);
                    assertThat((double) climatology.mean(row, NETWORK.clock(), slot))
                            .isEqualTo(expected, within(1e-4));
                }
            }
        }
    }

    @Test
    void isZeroWhereNothingWasEverObserved() {
        // Given
        Series.Builder builder = new Series.Builder(NETWORK);
        builder.add("a", 7, new float[] {0});

        // When
        Climatology climatology = Climatology.fit(builder.build(), 1);

        // Then
        assertThat(climatology.mean(0, NETWORK.clock(), 7)).isZero();
        for (long slot = 7; slot < 7 + 7 * 4; slot++) {
            assertThat(climatology.mean(1, NETWORK.clock(), slot)).isZero();
        }
    }

    @Test
    void shortSlotsShareTheBinOfTheirMinute() {
        // Given slots of 20 ms, 3,000 per minute
        SensorNetwork network = NetworkFile.load("speech");
        Series.Builder builder = new Series.Builder(network);
        for (int slot = 0; slot < 6_000; slot++) {
            builder.add("a", slot, new float[] {slot < 3_000 ? -40 : -20});
        }

        // When
        Climatology climatology = Climatology.fit(builder.build(), 6_000);

        // Then
        assertThat(climatology.mean(0, network.clock(), 2_999)).isEqualTo(-40);
        assertThat(climatology.mean(0, network.clock(), 3_000)).isEqualTo(-20);
    }
}
