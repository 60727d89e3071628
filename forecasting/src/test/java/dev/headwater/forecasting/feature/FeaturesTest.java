package dev.headwater.forecasting.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqShape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    private static final SensorNetwork NETWORK = Fixtures.network(
            Duration.ofHours(6),
            3,
            2,
            0.25,
            List.of(new Measure("flow", "1/h", null), new Measure("speed", "mph", 0f)),
            "speed");
    private static final Scaler SCALER = new Scaler(new float[] {100, 60}, new float[] {50, 10});
    private static final List<String> SENSORS = List.of("a", "b");
    private static final Seq2SeqShape SHAPE = Features.shape(NETWORK, 2, 4, 1);
    private static final Features FEATURES = new Features(NETWORK, SCALER, SENSORS, SHAPE);

    /// 2017-01-05 was a Thursday; slots start at 00:00, 06:00, 12:00 and 18:00 UTC: 16:00, 22:00, 04:00, 10:00 local.
    private static final long THURSDAY_NOON_UTC = Fixtures.slot(NETWORK, "2017-01-05T12:00:00Z");

    private static float[] encode(WindowBatch batch, int window) {
        float[] rows = new float[3 * SHAPE.rowLength()];
        Arrays.fill(rows, -777);
        FEATURES.encode(batch, window, rows, 1);
        for (int i = 0; i < SHAPE.rowLength(); i++) {
            assertThat(rows[i]).isEqualTo(-777);
            assertThat(rows[2 * SHAPE.rowLength() + i]).isEqualTo(-777);
        }
        return Arrays.copyOfRange(rows, SHAPE.rowLength(), 2 * SHAPE.rowLength());
    }

    private static WindowBatch batch(String sensor, float[]... readings) {
        SensorWindow window = new SensorWindow(2, 3);
        for (int i = 0; i < readings.length; i++) {
            window.add(THURSDAY_NOON_UTC - 2 + i, readings[i]);
        }
        WindowBatch batch = new WindowBatch(NETWORK, 1, History.NONE);
        batch.add(sensor, window, THURSDAY_NOON_UTC);
        return batch;
    }

    @Test
    void encodesASmallWindowAsByHand() {
        // Given: flow is missing in the first slot, speed in the middle one
        WindowBatch batch =
                batch("b", new float[] {Float.NaN, 70}, new float[] {150, Float.NaN}, new float[] {125, 50});

        // When
        float[] row = encode(batch, 0);

        // Then: flow and speed, scaled and carried forward; their masks; sine and cosine of 16:00, 22:00 and
        // 04:00, which are the times of day 2, 3 and 0 of 4
        float[] expected = {
            0,
            1,
            1,
            0,
            0,
            -1, // flow not observed yet: the mean; speed (70 - 60) / 10
            1,
            1,
            0,
            1,
            -1,
            0, // flow (150 - 100) / 50; speed carried forward
            0.5f,
            -1,
            0,
            0,
            0,
            1, // both observed
            1,
            0, // future slots: 10:00
            0,
            -1, // 16:00
            2,
            0,
            3, // b is row 2; time of day 0; Thursday
            50, // the last speed
            10 // mph per unit
        };
        assertThat(row).containsExactly(expected, within(1e-6f));
    }

    @Test
    void saysTheMeanOfAnEmptyWindowAndMasksAllOfIt() {
        // Given
        WindowBatch empty = new WindowBatch(NETWORK, 1, History.NONE);
        empty.add("a", new SensorWindow(2, 3), THURSDAY_NOON_UTC);

        // When
        float[] nothing = encode(empty, 0);

        // Then
        for (int step = 0; step < 3; step++) {
            assertThat(Arrays.copyOfRange(nothing, step * 6, step * 6 + 4)).containsExactly(0, 0, 1, 1);
        }
        assertThat(nothing[SHAPE.baseOffset()]).isEqualTo(60);
        assertThat(nothing[SHAPE.idsOffset()]).isEqualTo(1);
    }

    @Test
    void givesAnUnseenSensorTheNeutralRow() {
        // When
        float[] row = encode(batch("stranger", new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6}), 0);

        // Then
        assertThat(row[SHAPE.idsOffset()]).isEqualTo(Features.UNSEEN);
        assertThat(FEATURES.knows("stranger")).isFalse();
        assertThat(FEATURES.knows("b")).isTrue();
        assertThat(row[SHAPE.baseOffset()]).isEqualTo(6);
    }

    @Test
    void theStreamsRowsEqualTheOfflineOnesToTheBit() {
        // Given
        Series series = Fixtures.series(NETWORK, 1, 300, 5);
        SensorWindow window = new SensorWindow(2, 4);
        int compared = 0;
        for (int row = 0; row < series.slots(); row++) {
            if (!series.observed(0, row)) {
                continue;
            }
            long end = series.firstSlot() + row;
            window.add(end, new float[] {series.value(0, row, 0), series.value(0, row, 1)});
            if (!window.covers(end, 3)) {
                continue;
            }
            WindowBatch batch = new WindowBatch(NETWORK, 2, History.NONE);
            batch.add("s0", window, end);
            batch.add(series, 0, row - 2);

            // When
            float[] streamed = encode(batch, 0);
            float[] offline = encode(batch, 1);

            // Then
            assertThat(streamed).isEqualTo(offline);
            assertThat(streamed).doesNotContain(Float.NaN);
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void refusesAShapeOrAScalerOfOtherFeatures() {
        // Given
        SensorNetwork other = Fixtures.network(Duration.ofHours(6), 3, 2);
        Scaler tooShort = new Scaler(new float[1], new float[1]);

        // Then
        assertThatThrownBy(() -> new Features(other, tooShort, SENSORS, SHAPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network made-up: the model must read");
        assertThatThrownBy(() -> new Features(NETWORK, SCALER, List.of("a"), SHAPE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Features(NETWORK, tooShort, SENSORS, SHAPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have 2 measures, found 1");
    }

    @Test
    void refusesEmbeddingsOfMoreTimesOfDayThanAnyoneCouldLearn() {
        // Given: an interval of 20 milliseconds
        SensorNetwork speech = NetworkFile.load("speech");

        // Then
        assertThatThrownBy(() -> Features.shape(speech, 1, 4, 8))
                .hasMessage("network speech: training setting embedding must be 0 for intervals below a second, found 8"
                        + " with an interval of PT0.02S");
    }
}
