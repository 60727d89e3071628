package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDatasetTest {

    private static final SensorNetwork NETWORK = ReaderFixtures.network("America/Los_Angeles");
    private static final float NAN = Float.NaN;

    @TempDir
    private Path folder;

    @Test
    void readsAWideFileWithBlanksZerosGapsAndDisorder() {
        // Given rows off the grid, out of order, twice, and one slot left out
        Path file = ReaderFixtures.text(
                folder.resolve("wide.csv"),
                "\uFEFF,a,b",
                "2017-01-01 00:10:00,3.5,0",
                "2017-01-01 00:00:00,1.5,",
                "",
                "2017-01-01 00:07:59,2.5,nan",
                "2017-01-01 00:20:00,9.0,-4",
                "2017-01-01 00:20:01,5.5,-5");
        // When
        Dataset data = DatasetReader.read(file, NETWORK);
        // Then
        Series series = data.series();
        assertThat(series.sensors()).containsExactly("a", "b");
        assertThat(series.firstSlot())
                .isEqualTo(Instant.parse("2017-01-01T08:00:00Z").toEpochMilli() / 300_000);
        assertThat(ReaderFixtures.matrix(series)[0]).containsExactly(1.5f, 2.5f, 3.5f, NAN, 5.5f);
        assertThat(ReaderFixtures.matrix(series)[1]).containsExactly(NAN, NAN, NAN, NAN, -5f);
        assertThat(data.rows()).isEqualTo(5);
        assertThat(data.duplicates()).isEqualTo(2);
        assertThat(data.remarks()).singleElement().asString().contains("with another value: 2");
    }

    @Test
    void refusesReadingsOfAnotherInterval() {
        // Given readings every quarter of an hour, and readings every minute
        String[] sparse = stamps(15, 40);
        String[] dense = stamps(1, 200);
        // When, then a network of five minutes takes neither
        assertThatThrownBy(() -> DatasetReader.read(ReaderFixtures.text(folder.resolve("sparse.csv"), sparse), NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sparse.csv: network " + NETWORK.name()
                        + ": interval must be that of the readings, about PT15M, found PT5M");
        assertThatThrownBy(() -> DatasetReader.read(ReaderFixtures.text(folder.resolve("dense.csv"), dense), NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("dense.csv: network " + NETWORK.name()
                        + ": interval must be that of the readings, about PT1M, found PT5M");
    }

    /// A wide file of one sensor.
    private static String[] stamps(int minutes, int rows) {
        Instant first = Instant.parse("2017-01-01T00:00:00Z");
        return IntStream.range(-1, rows)
                .mapToObj(row -> row < 0 ? "time,a" : first.plusSeconds(60L * minutes * row) + "," + (50 + row % 7))
                .toArray(String[]::new);
    }

    @Test
    void readsGzipAndPlainAlikeAndNamesThemByContent() {
        // Given
        String[] lines = {"time,a", "2017-01-01T00:00Z,1", "2017-01-01T00:05Z,2"};
        Path plain = ReaderFixtures.text(folder.resolve("x.csv"), lines);
        Path packed = ReaderFixtures.gzip(folder.resolve("x.csv.gz"), lines);
        // When
        Dataset one = DatasetReader.read(plain, NETWORK);
        Dataset other = DatasetReader.read(packed, NETWORK);
        // Then
        assertThat(ReaderFixtures.matrix(other.series())).isDeepEqualTo(ReaderFixtures.matrix(one.series()));
        assertThat(one.fingerprint()).matches("[0-9a-f]{64}").isNotEqualTo(other.fingerprint());
        assertThat(one.fingerprint()).isEqualTo(Fingerprint.of(plain));
    }

    @Test
    void readsALongFileOfSeveralMeasures() {
        // Given columns in another order and one that the network does not know
        SensorNetwork network = ReaderFixtures.network(
                "UTC", List.of(new Measure("speed", "mph", 0f), new Measure("flow", "veh", null)));
        Path file = ReaderFixtures.text(
                folder.resolve("long.csv"),
                "flow,note,sensor,speed,time",
                "7,x,a,60.5,2017-01-01 00:00",
                "0,y,b,0,2017-01-01 00:00",
                ",z,a,,2017-01-01 00:10");
        // When
        Dataset data = DatasetReader.read(file, network);
        // Then
        Series series = data.series();
        assertThat(series.sensors()).containsExactly("a", "b");
        assertThat(series.slots()).isEqualTo(3);
        float[] a = new float[6];
        float[] b = new float[6];
        series.copy(0, 0, 3, a, 0);
        series.copy(1, 0, 3, b, 0);
        assertThat(a).containsExactly(60.5f, 7f, NAN, NAN, NAN, NAN);
        assertThat(b).containsExactly(NAN, 0f, NAN, NAN, NAN, NAN);
        assertThat(data.rows()).isEqualTo(3);
    }

    @Test
    void readsStampsByTheClockThatTheOptionsName() {
        // Given a file kept in UTC
        Path file = ReaderFixtures.text(folder.resolve("utc.csv"), "time,a", "2017-03-12 02:30,1");
        // When
        Dataset asLocal = DatasetReader.read(file, NETWORK);
        Dataset asUtc = DatasetReader.read(file, NETWORK, new ReadOptions(null, ZoneId.of("UTC")));
        // Then
        assertThat(asLocal.remarks()).hasSize(1);
        assertThat(asUtc.remarks()).isEmpty();
        assertThat(asUtc.series().firstSlot())
                .isEqualTo(Instant.parse("2017-03-12T02:30:00Z").toEpochMilli() / 300_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            time,a;2017-01-01 00:00,1;2017-01-01 00:05,abc       | f.csv row 3, sensor a: must be a number or empty, found 'abc'
            time,a;2017-01-01 00:00,1;;2017-01-01 00:05,x1       | f.csv row 4, sensor a: must be a number or empty, found 'x1'
            time,a,b;yesterday,1,2                               | f.csv row 2, column 1: not a time stamp such as 2017-01-31 23:55 or 2017-02-01T07:55:00Z: 'yesterday'
            time,a,b;2017-01-01 00:00,1                          | f.csv row 2: must have 3 cells like the header, found 2
            time,a,b;2017-01-01 00:00,1,2,3                      | f.csv row 2: must have 3 cells like the header, found 4
            time,a,b,a;2017-01-01 00:00,1,2,3                    | f.csv row 1, column 4: sensor 'a' occurs twice
            time,a,,b;2017-01-01 00:00,1,2,3                     | f.csv row 1, column 3: the header names no sensor
            time;2017-01-01 00:00                                | f.csv row 1: no sensors: the header must name a time stamp and at least one sensor, separated by commas, found 'time'
            time,a                                               | f.csv: no rows of data
            time,sensor,flow;2017-01-01 00:00,a,1                | f.csv row 1: the header must name the measure 'speed' of network test once, found [time, sensor, flow]
            time,sensor,speed;2017-01-01 00:00,,1                | f.csv row 2, column sensor: is empty
            time,sensor,speed;2017-01-01 00:00,a,1e99            | f.csv row 2, column speed: must fit a float32, found '1e99'
            time,sensor,speed;2017-01-01 00:00,a                 | f.csv row 2: must have 3 cells like the header, found 2
            time,sensor,speed                                    | f.csv: no rows of data
            """)
    void saysWhatIsWrongWhereAndWithWhat(String content, String message) {
        // Given
        Path file = ReaderFixtures.text(folder.resolve("f.csv"), content.strip().split(";", -1));
        // When, then
        assertThatThrownBy(() -> DatasetReader.read(file, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void refusesACenturyOfSlotsForOneMistypedYear() {
        // Given 400 sensors and one row two hundred years off
        String sensors = ",s"
                .concat(String.join(
                        ",s", IntStream.range(0, 400).mapToObj(String::valueOf).toList()));
        String cells = ",1".repeat(400);
        Path file = ReaderFixtures.text(
                folder.resolve("f.csv"), "time" + sensors, "2017-01-01 00:00" + cells, "2217-01-01 00:05" + cells);
        // When, then
        assertThatThrownBy(() -> DatasetReader.read(file, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "f.csv: time stamps from 2017-01-01T08:00:00Z to 2217-01-01T08:05:00Z every PT5M")
                .hasMessageContaining("for 400 sensors are more than memory holds");
    }

    @Test
    void refusesAWideFileForSeveralMeasures() {
        SensorNetwork network = ReaderFixtures.network(
                "UTC", List.of(new Measure("speed", "mph", 0f), new Measure("flow", "veh", null)));
        Path file = ReaderFixtures.text(folder.resolve("wide.csv"), "time,a", "2017-01-01 00:00,1");
        assertThatThrownBy(() -> DatasetReader.read(file, network))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wide.csv: CSV with one column per sensor holds one measure")
                .hasMessageContaining("has 2");
    }

    @Test
    void refusesWhatIsNoFileOfData() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        Path notH5 = ReaderFixtures.text(folder.resolve("x.h5"), "abc");
        Path notNpz = ReaderFixtures.text(folder.resolve("x.npz"), "abc");
        Path noFolder = Files.createDirectory(folder.resolve("sub"));
        assertFault(folder.resolve("absent.csv"), "absent.csv: no such file or folder");
        assertFault(empty, "empty.csv: is empty");
        assertFault(notH5, "x.h5: not readable as HDF5: does not begin with its signature");
        assertFault(notNpz, "x.npz: not readable as .npz: does not begin like a zip file");
        assertFault(noFolder, "sub: is a folder and must hold train.npz, val.npz and test.npz, found []");
    }

    @Test
    void meetsDamagedGzipWithOneLine() {
        // Given a gzip file cut and flipped at seeded places
        String[] lines = new String[200];
        Arrays.setAll(
                lines,
                i -> i == 0
                        ? "time,a,b"
                        : "2017-01-01T" + "%02d:%02d".formatted(i / 12, i % 12 * 5) + "Z," + i * 0.7 + ",5");
        byte[] whole = ReaderFixtures.bytes(ReaderFixtures.gzip(folder.resolve("d.csv.gz"), lines));
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, 12 + random.nextInt(whole.length - 12)) : whole.clone();
            damaged[2 + random.nextInt(damaged.length - 2)] ^= (byte) (1 << random.nextInt(8));
            Path file = ReaderFixtures.bytes(folder.resolve("d.csv.gz"), damaged);
            // When, then: read, or refused in one line that names the file
            try {
                DatasetReader.read(file, NETWORK);
            } catch (InvalidInputException e) {
                assertThat(e.getMessage()).startsWith("d.csv.gz").doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(250);
    }

    private static void assertFault(Path file, String message) {
        assertThatThrownBy(() -> DatasetReader.read(file, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(message);
    }
}
