package dev.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatedSensorsTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final int ROWS = 2000;
    private static final int COLUMNS = 8;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keepsTheOriginalsAndRepeatsThemWithNoise() {
        // Given three sensors over the hour that the local clock skips, some readings missing, some near 0
        Series narrow = threeSensors();

        // When
        Dataset wide = written(narrow, "wide.h5");

        // Then
        Series series = wide.series();
        assertThat(series.sensors()).containsExactly("a", "b", "c", "a-r01", "b-r01", "c-r01", "a-r02", "b-r02");
        assertThat(series.firstSlot()).isEqualTo(narrow.firstSlot());
        assertThat(series.slots()).isEqualTo(ROWS);
        assertThat(wide.duplicates()).isZero();
        for (int s = 0; s < COLUMNS; s++) {
            assertRepeats(series, narrow, s);
        }
        assertThat(column(series, 3)).isNotEqualTo(column(series, 6));
    }

    @Test
    void givesTheSameBytesAgain() {
        // Given
        Series narrow = threeSensors();

        // When
        String once = written(narrow, "once.h5").fingerprint();
        String again = written(narrow, "again.h5").fingerprint();

        // Then
        assertThat(once).isEqualTo(again);
    }

    private Dataset written(Series narrow, String name) {
        Path file = folder.resolve(name);
        ReplicatedSensors.write(narrow, COLUMNS, file);
        return DatasetReader.read(file, NETWORK);
    }

    private static void assertRepeats(Series wide, Series narrow, int sensor) {
        double squares = 0;
        int observed = 0;
        for (int row = 0; row < ROWS; row++) {
            float original = narrow.target(sensor % 3, row);
            float value = wide.target(sensor, row);
            assertThat(Float.isNaN(value)).isEqualTo(Float.isNaN(original));
            if (!Float.isNaN(original)) {
                assertThat(value).isPositive();
                squares += (value - original) * (value - original);
                observed++;
            }
        }
        double deviation = Math.sqrt(squares / observed);
        if (sensor < 3) {
            assertThat(deviation).isZero();
        } else {
            assertThat(deviation).isBetween(0.4, 0.6);
        }
    }

    private static float[] column(Series series, int sensor) {
        float[] column = new float[ROWS];
        series.copy(sensor, 0, ROWS, column, 0);
        return column;
    }

    private static Series threeSensors() {
        Random random = new Random(7);
        Series.Builder builder = new Series.Builder(NETWORK);
        long first =
                NETWORK.clock().slotOf(Instant.parse("2017-03-10T08:00:00Z").toEpochMilli());
        for (int row = 0; row < ROWS; row++) {
            for (String sensor : List.of("a", "b", "c")) {
                boolean missing = row > 0 && row < ROWS - 1 && random.nextInt(10) == 0;
                float speed = random.nextInt(20) == 0 ? 0.1f : random.nextInt(100, 800) / 10f;
                builder.add(sensor, first + row, new float[] {missing ? 0 : speed});
            }
        }
        return builder.build();
    }
}
