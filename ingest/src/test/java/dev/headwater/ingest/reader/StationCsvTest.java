package dev.headwater.ingest.reader;

import static dev.headwater.ingest.reader.ReaderFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The layout of the Jena files: a time stamp, then a column per measure.
class StationCsvTest {

    private static final SensorNetwork JENA = NetworkFile.load("jena");
    private static final String HEADER =
            "\"Date Time\",\"p (mbar)\",\"T (degC)\",\"Tpot (K)\",\"Tdew (degC)\",\"rh (%)\","
                    + "\"VPmax (mbar)\",\"VPact (mbar)\",\"VPdef (mbar)\",\"sh (g/kg)\",\"H2OC (mmol/mol)\",\"rho (g/m**3)\","
                    + "\"wv (m/s)\",\"max. wv (m/s)\",\"wd (deg)\"";

    @TempDir
    private Path folder;

    private static String row(String stamp, String temperature, String wind) {
        return stamp + ",1000," + temperature + ",273,1,90,6,5,1,3,5,1280," + wind + ",1.5,200";
    }

    @Test
    void readsDuplicatesUnsortedRowsGapsAndTheMissingWind() {
        // Given
        Path file = text(
                folder.resolve("jena.csv"),
                HEADER,
                row("29.03.2020 02:30:00", "4", "2"), // an hour that the change to summer time skips
                row("29.03.2020 02:10:00", "2", "-9999.0"),
                row("29.03.2020 02:20:00", "3", "1"),
                row("29.03.2020 02:20:00", "3.5", "1"),
                row("29.03.2020 03:00:00", "-7", "1"));

        // When
        Dataset data = DatasetReader.read(file, JENA);

        // Then
        Series series = data.series();
        assertThat(series.sensors()).containsExactly("jena");
        assertThat(series.network().clock().start(series.firstSlot())).isEqualTo(Instant.parse("2020-03-29T01:10:00Z"));
        assertThat(series.slots()).isEqualTo(6);
        assertThat(new float[] {series.target(0, 0), series.target(0, 1), series.target(0, 2), series.target(0, 5)})
                .containsExactly(2, 3.5f, 4, -7);
        assertThat(series.target(0, 3)).isNaN();
        assertThat(series.value(0, 0, 11)).isNaN();
        assertThat(series.value(0, 2, 11)).isEqualTo(2);
        assertThat(data.duplicates()).isEqualTo(1);
        assertThat(data.rows()).isEqualTo(5);
        assertThat(data.remarks()).singleElement().asString().contains("with another value: 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    T (degC) | Temp | row 1: the header must name the measure 'T (degC)' of network jena once
                    273,1 | 273,x | row 2, column Tdew (degC): must be a number or empty, found 'x'
                    01.01.2020 | 2020/01/01 | row 2, column Date Time: not a time stamp
                    01.01.2020 | 32.01.2020 | row 2, column Date Time: not a time stamp
                    ,200 | '' | row 2: must have 15 cells like the header, found 14
                    """)
    void tellsWhatIsWrongWithRowAndColumn(String right, String wrong, String told) {
        // Given
        String all = HEADER + "\n" + row("01.01.2020 00:10:00", "0.7", "1");
        Path file = text(folder.resolve("broken.csv"), all.replace(right, wrong));

        // Then
        assertThatThrownBy(() -> DatasetReader.read(file, JENA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("broken.csv " + told)
                .hasMessageNotContaining("\n");
    }

    @Test
    void isNamedByTheNetworkWhereItListsNoSensorAndRefusedWhereItListsSeveral() {
        // Given
        List<Measure> measures = List.of(new Measure("speed", "mph", 0f), new Measure("flow", "veh", null));
        Path file = text(folder.resolve("one.csv"), "when,flow,ignored,speed", "2020-01-01 00:05,7,x,60");

        // When
        Series series = DatasetReader.read(file, ReaderFixtures.network("UTC", measures))
                .series();

        // Then
        assertThat(series.sensors()).containsExactly("test");
        assertThat(series.value(0, 0, 0)).isEqualTo(60);
        assertThat(series.value(0, 0, 1)).isEqualTo(7);
        SensorNetwork two = ReaderFixtures.network("UTC", measures, new Sensor("a", 0, 0), new Sensor("b", 0, 0));
        assertThatThrownBy(() -> DatasetReader.read(file, two))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "one.csv: CSV with one column per measure is about one sensor, network test lists 2");
    }

    @Test
    void readsTheYear2020OfJena() {
        // When
        Dataset data = DatasetReader.read(TestData.file("weather/jena_climate_2020.csv"), JENA);

        // Then: one stamp twice, one gap of 1 h 40 min, one missing wind
        Series series = data.series();
        assertThat(data.rows()).isEqualTo(52_696);
        assertThat(data.duplicates()).isEqualTo(1);
        int empty = 0;
        int calm = 0;
        for (int row = 0; row < series.slots(); row++) {
            empty += series.observed(0, row) ? 0 : 1;
            calm += series.observed(0, row) && Float.isNaN(series.value(0, row, 11)) ? 1 : 0;
        }
        assertThat(series.slots() - empty).isEqualTo(52_695);
        assertThat(empty).isEqualTo(9);
        assertThat(calm).isEqualTo(1);
    }
}
