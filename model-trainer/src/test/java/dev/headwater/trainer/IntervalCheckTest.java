package dev.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.reading.IntervalCheck;
import dev.headwater.forecasting.reading.Series;
import org.junit.jupiter.api.Test;

class IntervalCheckTest {

    /// One sensor that reports every `every` slots.
    private static Series every(int every) {
        Series.Builder builder = new Series.Builder(SyntheticSeries.NETWORK);
        for (int slot = 0; slot < 600; slot += every) {
            builder.add("s", slot, new float[] {50 + slot % 7});
        }
        return builder.build();
    }

    @Test
    void refusesReadingsFurtherApart() {
        // When readings come every 15 minutes, then a network of five is refused, and training with it
        assertThatThrownBy(() -> Trainer.train(
                        every(3), TrainingSettings.DEFAULT, new ProvenanceInput("", "", ""), TrainingListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network synthetic: interval must be that of the readings, about PT15M, found PT5M");
    }

    @Test
    void refusesReadingsCloserTogether() {
        // When four of five readings fell on a slot that had one, then the interval is a fifth
        assertThatThrownBy(() -> IntervalCheck.requireOneASlot(every(1), 4 * 600))
                .hasMessage("network synthetic: interval must be that of the readings, about PT1M, found PT5M");
    }

    @Test
    void bearsGapsAndAFewDuplicates() {
        // When seven in ten readings are missing, or an hour came twice, then it is still the interval
        assertThatCode(() -> IntervalCheck.requireEverySlot(SyntheticSeries.of(2, 3000, 0.7, 1)))
                .doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireEverySlot(every(1))).doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireOneASlot(every(1), 12)).doesNotThrowAnyException();
    }
}
