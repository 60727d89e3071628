package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.reading.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The facts that the data's own description states.
class RealDataTest {

    @Test
    void readsPemsBayAlikeFromHdf5AndCsv() {
        // Given
        var network = NetworkFile.load("pems-bay");
        // When
        Dataset hdf = DatasetReader.read(TestData.file("traffic/pems-bay-16/pems-bay-16.h5"), network);
        Dataset csv = DatasetReader.read(TestData.file("traffic/pems-bay-16/pems-bay-16.csv.gz"), network);
        // Then every cell is the same
        Series series = hdf.series();
        assertThat(csv.series().sensors())
                .isEqualTo(series.sensors())
                .hasSize(16)
                .startsWith("400001", "400017");
        assertThat(csv.series().firstSlot()).isEqualTo(series.firstSlot());
        assertThat(Arrays.deepEquals(ReaderFixtures.matrix(csv.series()), ReaderFixtures.matrix(series)))
                .isTrue();
        // and the skipped hour leaves no gap
        assertThat(hdf.rows()).isEqualTo(52_116).isEqualTo(csv.rows());
        assertThat(series.slots()).isEqualTo(52_116);
        assertThat(series.firstSlot())
                .isEqualTo(Instant.parse("2017-01-01T08:00:00Z").toEpochMilli() / 300_000);
        assertThat(hdf.duplicates()).isZero();
        assertThat(hdf.remarks()).isEmpty();
        Moments moments = Moments.of(series);
        assertThat(moments.missing).isEqualTo(16);
        assertThat(moments.mean).isCloseTo(62.40, within(0.005));
        assertThat(moments.deviation).isCloseTo(10.62, within(0.01));
    }

    @Test
    void readsAarhusByItsOwnClock() {
        // Given stamps that go through the hour Copenhagen skipped: the file is kept in UTC
        var file = TestData.file("traffic/aarhus-449/aarhus-speed-2014-02-06.csv.gz");
        var network = NetworkFile.load("aarhus");
        // When
        Dataset data = DatasetReader.read(file, network, new ReadOptions(null, ZoneId.of("UTC")));
        // Then
        Series series = data.series();
        assertThat(series.sensors()).hasSize(449).startsWith("158324");
        assertThat(data.rows()).isEqualTo(33_338);
        assertThat(series.slots()).isEqualTo(33_338);
        assertThat(data.duplicates()).isZero();
        // 1,395,625 blanks (9.3 %) and 619,187 zeros, which this network also treats as missing
        assertThat(Moments.of(series).missing).isEqualTo(1_395_625 + 619_187);
        assertThat(data.remarks()).isEmpty();
    }

    private record Moments(long missing, double mean, double deviation) {

        static Moments of(Series series) {
            long missing = 0;
            long n = 0;
            double sum = 0;
            double squares = 0;
            for (int s = 0; s < series.sensors().size(); s++) {
                for (int row = 0; row < series.slots(); row++) {
                    double value = series.target(s, row);
                    if (Double.isNaN(value)) {
                        missing++;
                    } else {
                        n++;
                        sum += value;
                        squares += value * value;
                    }
                }
            }
            double mean = sum / n;
            return new Moments(missing, mean, Math.sqrt(squares / n - mean * mean));
        }
    }
}
