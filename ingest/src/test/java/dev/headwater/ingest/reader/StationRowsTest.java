package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationRowsTest {

    private static final SensorNetwork NETWORK = ReaderFixtures.network(
            "UTC",
            List.of(
                    new Measure("warmth", "degC", -9999f, null, null, "T (degC)"),
                    new Measure("wind", "m/s", null, null, null, "wv (m/s)")));

    @TempDir
    private Path folder;

    @Test
    void keepsRepeatedRowsAndPassesOverGaps() {
        // Given a file with a repeated time, an hour that is missing, and missing values
        Path file = ReaderFixtures.gzip(
                folder.resolve("station.csv"),
                "Date Time,wv (m/s),other,T (degC)",
                "01.01.2020 00:10:00,1,7,-1.5",
                "01.01.2020 00:10:00,2,7,-9999.0",
                "01.01.2020 01:20:00,,7,3");
        // When
        StationRows read = StationRows.read(file, NETWORK);
        // Then
        assertThat(read.rows()).isEqualTo(3);
        assertThat(read.values()).containsExactly(-1.5f, 1, Float.NaN, 2, 3, Float.NaN);
    }

    @Test
    void namesTheRowThatIsNoRow() {
        Path shortRow = ReaderFixtures.text(folder.resolve("a.csv"), "t,T (degC),wv (m/s)", "x,1,2", "x,1");
        assertThatThrownBy(() -> StationRows.read(shortRow, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a.csv row 3: must have 3 cells like the header, found 2");
        Path word = ReaderFixtures.text(folder.resolve("b.csv"), "t,T (degC),wv (m/s)", "x,1,calm");
        assertThatThrownBy(() -> StationRows.read(word, NETWORK))
                .hasMessage("b.csv row 2, column wv (m/s): must be a number or empty, found 'calm'");
        Path noRows = ReaderFixtures.text(folder.resolve("c.csv"), "t,T (degC),wv (m/s)");
        assertThatThrownBy(() -> StationRows.read(noRows, NETWORK)).hasMessage("c.csv: no rows of data");
        Path other = ReaderFixtures.text(folder.resolve("d.csv"), "t,T", "x,1");
        assertThatThrownBy(() -> StationRows.read(other, NETWORK))
                .hasMessageStartingWith("d.csv row 1: the header must name the measure 'T (degC)' of network test");
    }

    @Test
    void readsEveryRowOfTheRealFile() {
        Path real = TestData.file("weather/jena_climate_2020.csv");
        assertThat(StationRows.read(real, NetworkFile.load("jena")).rows()).isEqualTo(52_696);
    }
}
