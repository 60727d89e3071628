package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.reading.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingWindowsTest {

    private static List<String> pairs(TrainingWindows windows) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            pairs.add(windows.sensor(i) + ":" + windows.first(i));
        }
        return pairs;
    }

    /// The plain oracle: counts every window by itself.
    private static List<String> usable(Series series, Range range) {
        List<String> usable = new ArrayList<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            for (int first = range.first(); first < range.end(); first++) {
                int past = 0;
                int future = 0;
                for (int i = 0; i < 12; i++) {
                    past += Float.isNaN(series.target(s, first + i)) ? 0 : 1;
                    future += Float.isNaN(series.target(s, first + 12 + i)) ? 0 : 1;
                }
                if (past >= 3 && future > 0) {
                    usable.add(s + ":" + first);
                }
            }
        }
        return usable;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.8, 0.95})
    void takesTheWindowsThatAreForecastAndHaveATruth(double missing) {
        // Given a history with gaps
        Series series = SyntheticSeries.of(3, 600, missing, 21);
        Range range = new Range(50, 500);
        // When windows are chosen, then they are those of a plain count
        assertThat(pairs(TrainingWindows.of(series, range, 1))).isEqualTo(usable(series, range));
    }

    @Test
    void shufflesBySeed() {
        // Given the windows of a history twice
        Series series = SyntheticSeries.of(2, 300, 0.1, 22);
        TrainingWindows one = TrainingWindows.of(series, new Range(0, 200), 1);
        TrainingWindows two = TrainingWindows.of(series, new Range(0, 200), 1);
        List<String> before = pairs(one);
        // When both are shuffled with the same seed
        one.shuffle(new SplittableRandom(4));
        two.shuffle(new SplittableRandom(4));
        // Then they have the same new order, and nothing is lost
        assertThat(pairs(one)).isEqualTo(pairs(two)).isNotEqualTo(before);
        assertThat(pairs(one)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(Collections.frequency(pairs(one), before.getFirst())).isEqualTo(1);
    }

    @Test
    void refusesAHistoryWithoutTruths() {
        // Given a history with readings only at its ends
        Series series = SyntheticSeries.of(1, 300, 1, 23);
        // When windows are chosen, then the message says why there are none
        assertThatThrownBy(() -> TrainingWindows.of(series, new Range(50, 100), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network synthetic: none of the 100 training windows has observed slots and a truth to"
                        + " learn from");
    }
}
