package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowArchiveTest {

    private static final int ROWS = 60;
    private static final int STEPS = 12;
    private static final int WINDOWS = ROWS - 2 * STEPS + 1;
    private static final SensorNetwork NETWORK = ReaderFixtures.network("America/Los_Angeles");
    private static final SensorNetwork NAMED = ReaderFixtures.network(
            "America/Los_Angeles", new Sensor("p", 0, 0), new Sensor("q", 0, 0), new Sensor("r", 0, 0));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"<f8", "<f4"})
    void rebuildsTheHistoryThatTheThreeFilesWereCutFrom(String type) {
        // Given the windows of a known history, split as the protocol splits
        double[][] truth = history(3, 7);
        write(folder.resolve("train.npz"), type, truth, 0, 26, 0.25);
        write(folder.resolve("val.npz"), type, truth, 26, 30, 0.25);
        write(folder.resolve("test.npz"), type, truth, 30, WINDOWS, 0.25);
        // When
        Dataset data = DatasetReader.read(folder, NAMED);
        // Then every row is restored, from the first day of PEMS-BAY at the file's time of day
        Series series = data.series();
        assertThat(data.rows()).isEqualTo(ROWS);
        assertThat(data.duplicates()).isZero();
        assertThat(data.remarks()).isEmpty();
        assertThat(series.sensors()).containsExactly("p", "q", "r");
        assertThat(series.firstSlot())
                .isEqualTo(Instant.parse("2017-01-01T14:00:00Z").toEpochMilli() / 300_000);
        for (int s = 0; s < 3; s++) {
            for (int row = 0; row < ROWS; row++) {
                Float expected = truth[row][s] == 0 ? Float.NaN : (float) truth[row][s];
                assertThat(series.target(s, row)).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsOneFileAloneAndNumbersItsSensors() {
        // Given
        Path file = write(folder.resolve("test.npz"), "<f8", history(2, 1), 0, WINDOWS, 0);
        // When
        Dataset data =
                DatasetReader.read(file, NETWORK, new ReadOptions(LocalDateTime.parse("2018-05-06T00:00"), null));
        // Then
        assertThat(data.series().sensors()).containsExactly("0", "1");
        assertThat(data.series().firstSlot())
                .isEqualTo(Instant.parse("2018-05-06T07:00:00Z").toEpochMilli() / 300_000);
        assertThat(data.remarks()).containsExactly("the file names no sensors: they are called 0 to 1");
    }

    @Test
    void refusesAStartAtAnotherTimeOfDay() {
        Path file = write(folder.resolve("test.npz"), "<f8", history(2, 1), 0, WINDOWS, 0.5);
        assertThatThrownBy(() -> DatasetReader.read(
                        file, NETWORK, new ReadOptions(LocalDateTime.parse("2018-05-06T00:00"), null)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "test.npz: the start 2018-05-06T00:00 must have the time of day of the first window, 12:00");
    }

    @Test
    void refusesShuffledWindows() {
        // Given test windows that do not follow those of validation
        double[][] truth = history(3, 7);
        write(folder.resolve("train.npz"), "<f8", truth, 0, 26, 0);
        write(folder.resolve("val.npz"), "<f8", truth, 26, 30, 0);
        write(folder.resolve("test.npz"), "<f8", truth, 32, WINDOWS, 0);
        // When, then
        assertThatThrownBy(() -> DatasetReader.read(folder, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test.npz: windows must follow each other row by row, window 0 step 0 differs");
    }

    @Test
    void refusesWrongShapesTypesAndContents() {
        double[] data = new double[4 * 3 * 2 * 2];
        int[] shape = {4, 3, 2, 2};
        assertFault(
                npz("<f8", new int[] {4, 12}, new double[48], shape, data), "array x must have the shape (windows,");
        assertFault(
                npz("<f8", shape, data, new int[] {4, 3, 4}, data),
                "array y must have the shape (windows, steps, 2, 2)");
        assertFault(npz(">f8", shape, data, shape, data), "little-endian floats (<f8 or <f4), found '>f8'");
        assertFault(npz("<f8", new int[] {5, 3, 2, 2}, data, shape, data), "array x ends before its last value");
        assertFault(npz("<f8", new int[] {3, 3, 2, 2}, data, shape, data), "array x goes on after its last value");
        assertFault(
                npz("<f8", new int[] {0, 3, 2, 2}, new double[0], new int[] {0, 3, 2, 2}, new double[0]),
                "no rows of data");
    }

    @Test
    void meetsDamageWithOneLine() {
        // Given a file cut and flipped at seeded places
        Path file = write(folder.resolve("d.npz"), "<f8", history(2, 3), 0, WINDOWS, 0);
        byte[] whole = ReaderFixtures.bytes(file);
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4)) : whole.clone();
            int at = i % 3 == 1 ? random.nextInt(Math.min(200, damaged.length)) : random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            ReaderFixtures.bytes(file, damaged);
            // When, then
            try {
                DatasetReader.read(file, NETWORK);
            } catch (InvalidInputException e) {
                assertThat(e.getMessage()).startsWith("d.npz").doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    private Path npz(String type, int[] xShape, double[] x, int[] yShape, double[] y) {
        return ReaderFixtures.npz(folder.resolve("f.npz"), type, xShape, x, yShape, y);
    }

    private static void assertFault(Path file, String part) {
        assertThatThrownBy(() -> DatasetReader.read(file, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("f.npz: ")
                .hasMessageContaining(part);
    }

    /// `[row][sensor]`, some zeros.
    private static double[][] history(int sensors, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[ROWS][sensors];
        for (double[] row : values) {
            Arrays.setAll(row, s -> random.nextInt(9) == 0 ? 0 : Math.round(random.nextDouble() * 700) / 10.0);
        }
        return values;
    }

    private static Path write(Path file, String type, double[][] rows, int from, int to, double dayShare) {
        int sensors = rows[0].length;
        int[] shape = {to - from, STEPS, sensors, 2};
        double[] x = new double[(to - from) * STEPS * sensors * 2];
        double[] y = x.clone();
        int at = 0;
        for (int window = from; window < to; window++) {
            for (int step = 0; step < STEPS; step++) {
                for (int s = 0; s < sensors; s++) {
                    x[at] = rows[window + step][s];
                    x[at + 1] = dayShare + (window + step) / 288.0;
                    y[at] = rows[window + STEPS + step][s];
                    y[at + 1] = dayShare + (window + STEPS + step) / 288.0;
                    at += 2;
                }
            }
        }
        return ReaderFixtures.npz(file, type, shape, x, shape, y);
    }
}
