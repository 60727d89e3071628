package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import org.junit.jupiter.api.Test;

class WeatherDrawDataTest {

    private static final int ROWS = 1_000;
    private static final int TRAIN = 475; // 200,000 of 420,551 in proportion
    private static final int VALIDATION_END = 713;
    private static final DataSpec.WeatherDraws SPEC =
            new DataSpec.WeatherDraws("T (degC)", 200_000, 300_001, 24, 6, 12);
    private final Dataset data = WeatherDrawData.of(SPEC, WeatherFixtures.table(ROWS));
    private final double[] moments = WeatherFixtures.moments(TRAIN, WeatherFixtures.TEMPERATURE);

    private float z(int row) {
        return (float) ((WeatherFixtures.value(row, WeatherFixtures.TEMPERATURE) - moments[0]) / moments[1]);
    }

    /// Temperatures of the example's window, then its target.
    private float[] temperatures(Examples part, int at) {
        Example example = LabData.example(data, part, at);
        float[] values = new float[5];
        for (int step = 0; step < 4; step++) {
            values[step] = example.input()[step * WeatherFixtures.COLUMNS + WeatherFixtures.TEMPERATURE];
        }
        values[4] = example.target()[0];
        return values;
    }

    /// What `generator` of the document yields for a row.
    private float[] generated(int row) {
        return new float[] {z(row - 24), z(row - 18), z(row - 12), z(row - 6), z(row + 12)};
    }

    @Test
    void hasTheWindowsThatTheGeneratorCanDraw() {
        // Given the rows from min_index + lookback to before max_index
        assertThat(data.input()).isEqualTo(new Shape(4, WeatherFixtures.COLUMNS));
        assertThat(data.train().size()).isEqualTo(TRAIN - 24);
        assertThat(temperatures(data.train(), 0)).containsExactly(generated(24), within(1e-4f));
        assertThat(temperatures(data.train(), TRAIN - 25)).containsExactly(generated(TRAIN - 1), within(1e-4f));
        // Then the other parts follow in order
        int validation = VALIDATION_END - 1 - (TRAIN + 1) - 24;
        assertThat(data.validation().size()).isEqualTo(validation);
        assertThat(temperatures(data.validation(), 0)).containsExactly(generated(TRAIN + 1 + 24), within(1e-4f));
        assertThat(data.test().size()).isEqualTo(ROWS - 12 - 1 - VALIDATION_END - 24);
        assertThat(temperatures(data.test(), 0)).containsExactly(generated(VALIDATION_END + 24), within(1e-4f));
        assertThat(temperatures(data.test(), data.test().size() - 1))
                .containsExactly(generated(ROWS - 14), within(1e-4f));
    }

    @Test
    void guessesThatTheTargetStaysAsItIsInTheLastStep() {
        Example example = LabData.example(data, data.test(), 5);
        assertThat(LabData.naive(data, example.input())[0]).isEqualTo(z(VALIDATION_END + 24 + 5 - 6), within(1e-4f));
        assertThat(data.unitFactor()).isEqualTo(moments[1], within(1e-6));
        assertThat(data.unit()).isEqualTo("degC");
        assertThat(data.same()).isFalse();
    }

    @Test
    void hasTheDocumentsPartsOfAWholeFile() {
        // Given a file of as many rows as the document's
        float[] values = new float[WeatherTable.FULL_ROWS * WeatherFixtures.COLUMNS]; // [row][column]
        WeatherTable whole = new WeatherTable("whole", WeatherFixtures.MEASURES, WeatherTable.FULL_ROWS, values);
        // When
        Dataset all = WeatherDrawData.of(new DataSpec.WeatherDraws("T (degC)", 200_000, 300_001, 1_440, 6, 144), whole);
        // Then
        assertThat(all.same()).isTrue();
        assertThat(all.train().size()).isEqualTo(200_000 - 1_440);
        assertThat(all.validation().size()).isEqualTo(300_000 - 200_001 - 1_440);
        assertThat(all.validation().size() / 128).isEqualTo(769); // the document's batches
        assertThat(all.test().size()).isEqualTo(420_551 - 145 - 300_001 - 1_440);
    }

    @Test
    void refusesPartsAndWindowsThatAreNone() {
        WeatherTable table = WeatherFixtures.table(ROWS);
        assertThatThrownBy(() ->
                        WeatherDrawData.of(new DataSpec.WeatherDraws("T (degC)", 200_000, 200_000, 24, 6, 12), table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must rise from 1 to below 420551, found 200000 and 200000");
        assertThatThrownBy(() ->
                        WeatherDrawData.of(new DataSpec.WeatherDraws("T (degC)", 200_000, 300_001, 25, 6, 12), table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lookback must be a multiple of step");
    }
}
