package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.lab.data.LabData.Example;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficDataTest {

    private static final int SENSORS = TrafficFixtures.SENSORS;
    private static final int SLOTS = TrafficFixtures.SLOTS;

    private final TrafficData traffic = TrafficData.of(TrafficFixtures.series(4, 2));
    private final Dataset data = traffic.dataset();

    @Test
    void hasTheTimeOfDayThenTheReadingsOfAllSensors() {
        // Given the third window, which begins at ten past midnight by the local clock
        Example example = LabData.example(data, data.train(), 2);
        // Then
        assertThat(data.input()).isEqualTo(new Shape(5, SENSORS));
        assertThat(data.target()).isEqualTo(new Shape(2, SENSORS));
        for (int s = 0; s < SENSORS; s++) {
            assertThat(traffic.inputScale().unscale(example.input()[s], 0)).isEqualTo(2 / 288f, within(1e-6f));
            for (int step = 0; step < 4; step++) {
                float z = example.input()[(step + 1) * SENSORS + s];
                assertThat(traffic.inputScale().unscale(z, step + 1))
                        .isEqualTo(TrafficFixtures.filled(2 + step, s), within(1e-4f));
            }
            for (int step = 0; step < 2; step++) {
                float z = example.target()[step * SENSORS + s];
                assertThat(traffic.targetScale().unscale(z, step))
                        .isEqualTo(TrafficFixtures.filled(6 + step, s), within(1e-4f));
            }
        }
    }

    @Test
    void cutsTheWindowsInOrder() {
        // Given 700 windows
        assertThat(data.train().size()).isEqualTo(490);
        assertThat(data.validation().size()).isEqualTo(70);
        assertThat(data.test().size()).isEqualTo(140);
        // Then the last target of the test is the last slot
        float[] target = LabData.example(data, data.test(), 139).target();
        assertThat(traffic.targetScale().unscale(target[SENSORS], 1))
                .isEqualTo(TrafficFixtures.filled(SLOTS - 1, 0), within(1e-4f));
        float[] first = LabData.example(data, data.validation(), 0).input();
        assertThat(traffic.inputScale().unscale(first[SENSORS], 1))
                .isEqualTo(TrafficFixtures.filled(490, 0), within(1e-4f));
    }

    @Test
    void scalesEachRowByItsOwnValuesInTheTrainingWindows() {
        for (int row = 0; row < 2; row++) {
            // Given all values of the targets' row
            int lead = 4 + row;
            double[] values = IntStream.range(0, 490 * SENSORS)
                    .mapToDouble(i -> TrafficFixtures.filled(i / SENSORS + lead, i % SENSORS))
                    .toArray();
            double mean = IntStream.range(0, values.length)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, values.length)
                    .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                    .average()
                    .orElseThrow();
            // Then
            assertThat((double) traffic.targetScale().mean()[row]).isEqualTo(mean, within(1e-4));
            assertThat((double) traffic.targetScale().deviation()[row]).isEqualTo(Math.sqrt(variance), within(1e-4));
        }
    }

    @Test
    void repeatsTheLastReadingAsItsBaseline() {
        // Given
        Example example = LabData.example(data, data.test(), 7);
        // When
        float[] output = LabData.naive(data, example.input());
        // Then
        int newest = 490 + 70 + 7 + 3;
        for (int i = 0; i < output.length; i++) {
            assertThat(traffic.targetScale().unscale(output[i], i / SENSORS))
                    .isEqualTo(TrafficFixtures.filled(newest, i % SENSORS), within(1e-3f));
        }
        assertThat(data.name()).isEqualTo("PEMS-BAY, 3 of 325 sensors");
        assertThat(data.same()).isFalse();
        assertThat(traffic.sensors()).containsExactly("s0", "s1", "s2");
    }
}
