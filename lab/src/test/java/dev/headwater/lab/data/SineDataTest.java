package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import org.junit.jupiter.api.Test;

class SineDataTest {

    private final Dataset data = SineData.of(new DataSpec.Sine(20), 7);

    @Test
    void isTheSeriesOfTheDocument() {
        // Given a window that the document prints
        double[] printed = {-1.40208096, -2.33035999, -3.4513234, -4.52641909, -5.32081479};
        // Then some time begins it
        double start = 0;
        for (double t = 0; t < SineData.END; t += 1e-5) {
            start = Math.abs(SineData.value(t) - printed[0]) + Math.abs(SineData.value(t + 0.1) - printed[1]) < 2e-4
                    ? t
                    : start;
        }
        for (int step = 0; step < printed.length; step++) {
            assertThat(SineData.value(start + 0.1 * step)).isEqualTo(printed[step], within(1e-3));
        }
    }

    @Test
    void hasTheSeriesOneStepLaterAsTarget() {
        assertThat(data.train().size()).isEqualTo(75_000);
        for (int at = 0; at < data.test().size(); at++) {
            Example example = LabData.example(data, data.test(), at);
            for (int step = 1; step < 20; step++) {
                assertThat(example.target()[step - 1]).isEqualTo(example.input()[step], within(1e-5f));
            }
            assertThat(LabData.naive(data, example.input())).containsExactly(example.input());
        }
    }

    @Test
    void drawsTheSameWindowsForTheSameSeedAndOthersForEachPart() {
        // Given
        Dataset again = SineData.of(new DataSpec.Sine(20), 7);
        Dataset other = SineData.of(new DataSpec.Sine(20), 8);
        float[] input = LabData.example(data, data.train(), 1_234).input();
        // Then
        assertThat(LabData.example(again, again.train(), 1_234).input()).containsExactly(input);
        assertThat(LabData.example(other, other.train(), 1_234).input()).isNotEqualTo(input);
        assertThat(LabData.example(data, data.validation(), 1_234).input()).isNotEqualTo(input);
        assertThat(LabData.example(data, data.test(), 1_234).input()).isNotEqualTo(input);
        assertThat(LabData.example(data, data.train(), 1_235).input()).isNotEqualTo(input);
    }

    @Test
    void drawsFromTheWholeSeriesEvenly() {
        // Given the mean of the first values of all windows
        double sum = 0;
        for (int at = 0; at < 75_000; at++) {
            sum += LabData.example(data, data.train(), at).input()[0];
        }
        // Then it is that of the series up to the last start
        double mean = 0;
        for (int i = 0; i < 28_000; i++) {
            mean += SineData.value((i + 0.5) / 1_000) / 28_000;
        }
        assertThat(sum / 75_000).isEqualTo(mean, within(0.05));
    }

    @Test
    void refusesWindowsLongerThanTheSeries() {
        assertThatThrownBy(() -> SineData.of(new DataSpec.Sine(300), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sine.steps: must be from 1 to 299, found 300");
    }
}
