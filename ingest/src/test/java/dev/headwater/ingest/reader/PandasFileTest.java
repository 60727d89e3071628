package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PandasFileTest {

    private static final SensorNetwork NETWORK = ReaderFixtures.network("America/Los_Angeles");
    private static final long[] STAMPS = {
        ReaderFixtures.nanos("2017-03-12T01:50:00"),
        ReaderFixtures.nanos("2017-03-12T01:55:00"),
        ReaderFixtures.nanos("2017-03-12T03:00:00")
    };

    @TempDir
    private Path folder;

    @Test
    void readsIntegerSensorsAndClosesTheGapOfDaylightSaving() {
        // Given
        Path file = ReaderFixtures.h5(
                folder.resolve("t.h5"), new long[] {400001, 7}, STAMPS, new double[][] {{1.5, 2}, {0, 4}, {5, 6.25}});
        // When
        Dataset data = DatasetReader.read(file, NETWORK);
        // Then
        Series series = data.series();
        assertThat(series.sensors()).containsExactly("400001", "7");
        assertThat(series.firstSlot())
                .isEqualTo(Instant.parse("2017-03-12T09:50:00Z").toEpochMilli() / 300_000);
        assertThat(ReaderFixtures.matrix(series)[0]).containsExactly(1.5f, Float.NaN, 5f);
        assertThat(ReaderFixtures.matrix(series)[1]).containsExactly(2f, 4f, 6.25f);
    }

    @Test
    void readsNamedSensorsFloatsAndRowsInReverse() {
        // Given
        long[] reversed = {STAMPS[2], STAMPS[1], STAMPS[0]};
        Path file = ReaderFixtures.h5(
                folder.resolve("t.h5"), new String[] {"a", "b"}, reversed, new float[][] {{5, 6}, {3, 4}, {1, 2}});
        // When
        Series series = DatasetReader.read(file, NETWORK).series();
        // Then
        assertThat(series.sensors()).containsExactly("a", "b");
        assertThat(ReaderFixtures.matrix(series)[0]).containsExactly(1f, 3f, 5f);
    }

    @Test
    void refusesTablesThatBreakTheLayout() {
        double[][] three = {{1, 2}, {3, 4}, {5, 6}};
        assertFault(
                new long[] {1, 2, 3}, three, "block0_values must have the shape of axis1 x axis0, 3 x 3, found [3, 2]");
        assertFault(new long[] {1, 1}, three, "axis0 must name every sensor once, found '1'");
        assertFault(new double[] {1, 2}, three, "axis0 must hold integers or strings, found double[]");
        assertFault(new long[] {1, 2}, new double[] {1, 2, 3}, "found [3]");
    }

    private void assertFault(Object sensors, Object values, String part) {
        Path file = ReaderFixtures.h5(folder.resolve("t.h5"), sensors, STAMPS, values);
        assertThatThrownBy(() -> DatasetReader.read(file, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("t.h5: ")
                .hasMessageContaining(part);
    }

    @Test
    void meetsDamageWithOneLine() {
        // Given a small table cut and flipped at seeded places
        Path file = ReaderFixtures.h5(
                folder.resolve("d.h5"), new long[] {400001, 7}, STAMPS, new double[][] {{1.5, 2}, {0, 4}, {5, 6.25}});
        assertThat(damage(file, ReaderFixtures.bytes(file), 400, Integer.MAX_VALUE))
                .isGreaterThan(100);
    }

    @Test
    void meetsDamageOfTheRealFileWithOneLine() {
        // Given the real file, whose structure lies at its beginning, cut and flipped at seeded places
        Path real = TestData.file("traffic/pems-bay-16/pems-bay-16.h5");
        assertThat(damage(folder.resolve("d.h5"), ReaderFixtures.bytes(real), 16, 8192))
                .isGreaterThan(3);
    }

    @Test
    void refusesTheRealFileBrokenOffAnywhere() {
        byte[] whole = ReaderFixtures.bytes(TestData.file("traffic/pems-bay-16/pems-bay-16.h5"));
        for (int length : new int[] {9, 100, 4_000, 300_000, whole.length / 2, whole.length - 100}) {
            Path file = ReaderFixtures.bytes(folder.resolve("d.h5"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> DatasetReader.read(file, NETWORK), "%d bytes", length)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("d.h5: ");
        }
    }

    /// Reads `count` damaged copies and counts those refused; any other failure breaks the test.
    private static int damage(Path file, byte[] whole, int count, int flippedWithin) {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < count; i++) {
            byte[] damaged = i % 4 == 0 ? Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 8)) : whole.clone();
            int at = random.nextInt(Math.min(damaged.length, flippedWithin));
            damaged[at] = (byte) (i % 2 == 0 ? random.nextInt() : damaged[at] ^ 1 << random.nextInt(8));
            ReaderFixtures.bytes(file, damaged);
            try {
                DatasetReader.read(file, NETWORK);
            } catch (InvalidInputException e) {
                assertThat(e.getMessage()).contains("d.h5").doesNotContain("\n");
                refused++;
            }
        }
        return refused;
    }
}
