package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Data that are probably wrong are refused, or read with a remark.
class DoubtfulDataTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 10, 0, 0);

    @TempDir
    private Path folder;

    private static SensorNetwork network(String interval) {
        return new NetworkBuilder("houses")
                .interval(Duration.parse(interval))
                .zone(ZoneId.of("Europe/Berlin"))
                .measures(List.of(new Measure("load", "kW", null)))
                .build();
    }

    /// A file of one sensor with rows at a fixed interval.
    private Path every(Duration gap, int rows) {
        List<String> lines = new ArrayList<>(List.of("time,a"));
        for (int i = 0; i < rows; i++) {
            lines.add(START.plus(gap.multipliedBy(i)) + "," + i % 7);
        }
        return file(lines);
    }

    private Path file(List<String> lines) {
        return ReaderFixtures.text(folder.resolve("houses.csv"), lines.toArray(String[]::new));
    }

    private List<String> remarks(String... rows) {
        List<String> lines = new ArrayList<>(List.of("time,a"));
        lines.addAll(List.of(rows));
        return DatasetReader.read(file(lines), network("PT1H")).remarks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H30M", "PT7H", "PT40M", "PT59M", "PT1H1M", "PT2H", "PT20M", "P1D"})
    void anIntervalThatIsNotTheFilesIsRefused(String interval) {
        // Given
        Path hourly = every(Duration.ofHours(1), 300);
        SensorNetwork network = network(interval);

        // Then
        assertThatThrownBy(() -> DatasetReader.read(hourly, network))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("houses.csv: network houses: interval must be that of the readings, about PT1H, found "
                        + Duration.parse(interval));
    }

    @Test
    void anIntervalIsRefusedInLongFilesToo() {
        // Given: two sensors, half an hour apart
        List<String> lines = new ArrayList<>(List.of("time,sensor,load"));
        for (int i = 0; i < 50; i++) {
            lines.add(START.plusHours(i) + ",a,1");
            lines.add(START.plusHours(i).plusMinutes(30) + ",b,1");
        }
        Path file = file(lines);

        // Then
        assertThat(DatasetReader.read(file, network("PT1H")).remarks()).isEmpty();
        assertThatThrownBy(() -> DatasetReader.read(file, network("PT1H30M")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("about PT1H, found PT1H30M");
    }

    @Test
    void gapsAndTheClockChangeAreNoOtherInterval() {
        // Given: every third hour is missing, and March has its short day
        List<String> lines = new ArrayList<>(List.of("time,a"));
        LocalDateTime begin = LocalDateTime.of(2024, 3, 1, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            LocalDateTime hour = begin.plusHours(i);
            boolean skipped = hour.getMonthValue() == 3 && hour.getDayOfMonth() == 31 && hour.getHour() == 2;
            if (i % 3 != 0 && !skipped) {
                lines.add(hour + ",1");
            }
        }

        // When
        Dataset data = DatasetReader.read(file(lines), network("PT1H"));

        // Then
        assertThat(data.remarks()).isEmpty();
        assertThat(data.duplicates()).isZero();
    }

    @Test
    void timesThatComeTwiceWithAnotherValueAreCounted() {
        // Then
        assertThat(remarks("2024-01-10 00:00,1", "2024-01-10 00:00,1", "2024-01-10 01:00,2"))
                .isEmpty();
        assertThat(remarks(
                        "2024-01-10 00:00,1",
                        "2024-01-10 00:00,5",
                        "2024-01-10 01:00,2",
                        "2024-01-10 01:00,3",
                        "2024-01-10 02:00,2"))
                .containsExactly(
                        "readings that came again for the same sensor and slot with another value: 2, the first"
                                + " for sensor a at 2024-01-10T00:00+01:00; the last of each counts");
    }

    @Test
    void offsetsOfSeveralClocksAreCounted() {
        // Given: Berlin's two offsets are one clock
        assertThat(remarks("2024-03-31 01:00+01:00,1", "2024-03-31 03:00+02:00,2"))
                .isEmpty();
        assertThat(remarks("2024-01-10 00:00Z,1", "2024-01-10 01:00Z,2")).isEmpty();

        // Then
        assertThat(remarks("2024-01-10 00:00+01:00,1", "2024-01-10 01:00+01:00,1", "2024-01-10 01:00Z,2"))
                .containsExactly(
                        "time stamps state different offsets from UTC: +01:00 in 2, Z in 1; those without are by"
                                + " the clock of Europe/Berlin");
        assertThat(remarks("2024-01-10 00:00+01:00,1", "2024-01-10 01:00,2"))
                .containsExactly(
                        "time stamps state different offsets from UTC: +01:00 in 1, none in 1; those without are"
                                + " by the clock of Europe/Berlin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01 00:00", "9999-12-31 23:00", "0000-01-01T00:00Z", "1677-12-31 00:00"})
    void ayearThatNoReadingHasIsRefused(String stamp) {
        // Then
        assertThatThrownBy(() -> remarks("2024-01-10 00:00,1", stamp + ",2"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "houses.csv row 3, column 1: must be a time in the years 1678 to 2261, found '" + stamp + "'");
    }

    @Test
    void aHoleThatIsMostOfTheHistoryIsTold() {
        // Then
        assertThat(remarks("1970-01-01 01:00,1", "2024-01-10 00:00,2", "2024-01-10 01:00,3"))
                .containsExactly("no readings from 1970-01-01T01:00:00Z to 2024-01-09T23:00:00Z, 100 % of the time from"
                        + " the first to the last: is a time stamp wrong?");
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, must fit a float32",
        "-1e39, must fit a float32",
        "NA, must be a number or empty",
        "N/A, must be a number or empty",
        "null, must be a number or empty",
        "inf, must be a number or empty",
    })
    void whatIsNoNumberIsWordedAsOnTheBus(String cell, String rule) {
        // Then
        assertThatThrownBy(() -> remarks("2024-01-10 00:00," + cell))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("houses.csv row 2, sensor a: " + rule + ", found '" + cell + "'");
    }
}
