package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticDataTest {

    private final float[] series = SyntheticData.series();
    private final Dataset data = SyntheticData.of(new DataSpec.Synthetic(20, 1_000));

    @Test
    void isTheSeriesThatNumpyMakes() {
        assertThat(series).hasSize(1_461);
        assertThat(new float[] {series[0], series[1], series[2], series[200], series[999], series[1_000], series[1_460]
                })
                .containsExactly(
                        new float[] {52.48357f, 49.352749f, 53.314735f, 29.518435f, 67.19674f, 71.344719f, 122.307716f},
                        within(2e-5f));
    }

    /// The course that the document belongs to prints this error of the naive forecast.
    @Test
    void givesTheNaiveErrorOfTheCourse() {
        assertThat(LabData.naiveError(data, data.validation())).isEqualTo(5.9379, within(1e-4));
    }

    @Test
    void forecastsEachValueOfItsPart() {
        assertThat(data.train().size()).isEqualTo(980);
        assertThat(data.validation().size()).isEqualTo(461);
        assertThat(data.test()).isSameAs(data.validation());
        assertWindow(data.train(), 0, 0);
        assertWindow(data.train(), 979, 979);
        assertWindow(data.validation(), 0, 980);
        assertWindow(data.validation(), 460, 1_440);
    }

    private void assertWindow(Examples part, int at, int first) {
        Example example = LabData.example(data, part, at);
        assertThat(example.input()).containsExactly(Arrays.copyOfRange(series, first, first + 20));
        assertThat(example.target()).containsExactly(series[first + 20]);
    }

    @Test
    void refusesPartsThatAreNone() {
        assertThatThrownBy(() -> SyntheticData.of(new DataSpec.Synthetic(20, 20)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("synthetic: window must be 1 or more and split from window + 1 to 1460, found 20 and 20");
    }
}
