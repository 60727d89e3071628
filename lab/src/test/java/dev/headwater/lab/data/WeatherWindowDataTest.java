package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeatherWindowDataTest {

    private static final int ROWS = 1_000;
    private static final DataSpec.WeatherWindows SPEC =
            new DataSpec.WeatherWindows("T (degC)", 0.5, 0.25, 6, 10, 4); // delay 6 * 13 = 78
    private final Dataset data = WeatherWindowData.of(SPEC, WeatherFixtures.table(ROWS));

    @Test
    void hasEverySixthRowAsZScoresAndTheTargetInItsUnit() {
        // Given the second window of the validation part
        Example example = LabData.example(data, data.validation(), 1);
        // Then
        for (int step = 0; step < 10; step++) {
            for (int column = 0; column < WeatherFixtures.COLUMNS; column++) {
                double[] moments = WeatherFixtures.moments(500, column);
                double z = (WeatherFixtures.value(501 + 6 * step, column) - moments[0]) / moments[1];
                assertThat((double) example.input()[step * WeatherFixtures.COLUMNS + column])
                        .isEqualTo(z, within(1e-3));
            }
        }
        assertThat(example.target()).containsExactly(WeatherFixtures.value(501 + 78, WeatherFixtures.TEMPERATURE));
        assertThat(data.unit()).isEqualTo("degC");
        assertThat(data.unitFactor()).isEqualTo(1);
    }

    @Test
    void cutsThePartsByStartAndEndIndex() {
        // Given data of 1000 - 78 rows and windows of 60 rows: the first row of the first and of the last window
        assertThat(data.train().size()).isEqualTo(500 - 60 + 1);
        assertThat(data.validation().size()).isEqualTo(250 - 60 + 1);
        assertThat(data.test().size()).isEqualTo(1_000 - 78 - 750 - 60 + 1);
        // Then the missing values repeat others
        assertThat(LabData.example(data, data.train(), 0).input()[WeatherFixtures.TEMPERATURE])
                .isEqualTo(LabData.example(data, data.train(), 1).input()[WeatherFixtures.TEMPERATURE]);
    }

    @Test
    void guessesThatTheTargetStaysAsItIsInTheLastStep() {
        Example example = LabData.example(data, data.test(), 30);
        assertThat(LabData.naive(data, example.input())[0])
                .isEqualTo(WeatherFixtures.value(780 + 54, WeatherFixtures.TEMPERATURE), within(1e-5f));
    }

    @Test
    void tellsTheMomentsOfTheTargetInEachPart() {
        // When
        List<ColumnStatistics> parts = WeatherWindowData.statistics(SPEC, WeatherFixtures.table(ROWS));
        // Then
        double[] fitted = WeatherFixtures.moments(500, WeatherFixtures.TEMPERATURE);
        assertThat(parts).extracting(ColumnStatistics::part).containsExactly("train", "validation", "test");
        assertThat(parts).extracting(ColumnStatistics::rows).containsExactly(500, 250, 250);
        assertThat(parts.getFirst().mean()).isEqualTo(fitted[0], within(1e-6));
        assertThat(parts.getFirst().deviation()).isEqualTo(fitted[1], within(1e-6));
        assertThat(parts.getFirst().meanAfter()).isZero();
        assertThat(parts.getFirst().deviationAfter()).isEqualTo(1);
        ColumnStatistics test = parts.getLast();
        assertThat(test.meanAfter()).isEqualTo((test.mean() - fitted[0]) / fitted[1], within(1e-5));
        assertThat(test.deviationAfter()).isEqualTo(test.deviation() / fitted[1], within(1e-5));
    }

    @Test
    void refusesWhatTheTableDoesNotHold() {
        WeatherTable table = WeatherFixtures.table(ROWS);
        assertThatThrownBy(() -> WeatherWindowData.of(new DataSpec.WeatherWindows("snow", 0.5, 0.25, 6, 10, 4), table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("target: must be a column of the weather, [p (mbar), T (degC),")
                .hasMessageEndingWith("found 'snow'");
        assertThatThrownBy(() ->
                        WeatherWindowData.of(new DataSpec.WeatherWindows("temperature", 0.8, 0.2, 6, 10, 4), table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave rows for the test, found 0.8 and 0.2 of 1000 rows");
        assertThatThrownBy(() ->
                        WeatherWindowData.of(new DataSpec.WeatherWindows("temperature", 0.5, 0.2, 6, 200, 4), table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found a target 1218 rows after the first of a window in 1000 rows");
    }
}
