package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesSourceTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");

    @Test
    void reportsMissingValuesWithinASensorsSpanAndInventsNoneOutside() {
        // Given a sensor that begins late and has a gap, one that ends early, and one that never reports
        Series series = series(100, new float[][] {{0, 61, 0, 62}, {51, 52, 0, 0}, {0, 0, 0, 0}});
        // When
        SeriesSource source = new SeriesSource(series);
        // Then
        assertThat(source.firstSlot()).isEqualTo(100);
        assertThat(source.endSlot()).isEqualTo(104);
        assertThat(emitted(source, 100)).containsExactly("s1 51.0");
        assertThat(emitted(source, 101)).containsExactly("s0 61.0", "s1 52.0");
        assertThat(emitted(source, 102)).containsExactly("s0 NaN");
        assertThat(emitted(source, 103)).containsExactly("s0 62.0");
    }

    @Test
    void playsTheCityAsItsHistorySays() {
        // Given
        SensorNetwork network = NetworkFile.load("simulated-city");
        Series history = new CitySimulator(network, 20, 5).history(5_000_000, 3);
        // When
        CitySource source = new CitySource(new CitySimulator(network, 20, 5), 5_000_000);
        // Then
        List<String> expected = new ArrayList<>();
        for (int s = 0; s < 20; s++) {
            expected.add(history.sensors().get(s) + " " + history.target(s, 2));
        }
        assertThat(emitted(source, 5_000_002)).isEqualTo(expected);
        assertThat(source.endSlot()).isEqualTo(Long.MAX_VALUE);
    }

    /// `values` is `[sensor][row]`, 0 = missing.
    static Series series(long firstSlot, float[][] values) {
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int s = 0; s < values.length; s++) {
            for (int row = 0; row < values[s].length; row++) {
                builder.add("s" + s, firstSlot + row, new float[] {values[s][row]});
            }
        }
        return builder.build();
    }

    private static List<String> emitted(SlotSource source, long slot) {
        List<String> readings = new ArrayList<>();
        source.emit(slot, (sensor, values) -> readings.add(sensor + " " + values[0]));
        return readings;
    }
}
