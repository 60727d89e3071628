package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

    private static final Series SERIES = SyntheticSeries.of(2, 3000, 0.1, 31);
    private static final Range PART = new Range(2000, 900);

    @ParameterizedTest
    @ValueSource(ints = {0, 1800, 5000})
    void judgesTheWholePartWhenItIsSmallEnough(int most) {
        // Given a part of 900 windows of two sensors, and at least as many allowed
        Validation validation = Validation.of(SERIES, new SeriesHistory(SERIES), PART, most);
        // When a forecaster is judged, then the figure is that of the evaluation
        Persistence persistence = new Persistence(12, 60);
        double whole = new Evaluation(SERIES, PART).errors(persistence).errors().meanMae();
        assertThat(validation.meanMae(persistence)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 100, 960, 1750})
    void spreadsBlocksOverTheWholePart(int most) {
        // Given fewer windows allowed
        Validation validation = Validation.of(SERIES, new SeriesHistory(SERIES), PART, most);
        // When blocks are laid, then they begin and end with the part, do not overlap, and are not too many
        assertThat(validation.blocks().getFirst().first()).isEqualTo(PART.first());
        assertThat(validation.blocks().getLast().end()).isEqualTo(PART.end());
        for (int i = 1; i < validation.blocks().size(); i++) {
            assertThat(validation.blocks().get(i).first())
                    .isGreaterThanOrEqualTo(validation.blocks().get(i - 1).end());
        }
        int windows = validation.blocks().stream().mapToInt(Range::count).sum();
        assertThat(windows * 2).isBetween(most / 2, most);
    }

    @Test
    void blocksStandForThePart() {
        // Given half of the windows, when a forecaster is judged, then the figure is close to that of all
        Persistence persistence = new Persistence(12, 60);
        double half =
                Validation.of(SERIES, new SeriesHistory(SERIES), PART, 900).meanMae(persistence);
        double whole = Validation.of(SERIES, new SeriesHistory(SERIES), PART, 0).meanMae(persistence);
        assertThat(half).isCloseTo(whole, Offset.offset(0.1 * whole)).isNotEqualTo(whole);
    }
}
