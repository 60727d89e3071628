package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LearningRateRangeTest {

    private static List<Double> rates(int count) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rates.add(1e-5 * Math.pow(10, i / 60.0));
        }
        return rates;
    }

    private static LearningRateRange of(DoubleUnaryOperator loss) {
        List<Double> rates = rates(300);
        return LearningRateRange.of(
                rates, rates.stream().map(rate -> loss.applyAsDouble(rate)).toList());
    }

    @Test
    void findsDescentAndBlowUp() {
        // Given a loss that falls around 1e-3 and doubles from 0.1 on
        LearningRateRange range = of(rate -> rate > 0.1 ? 20 : 5 - 4 / (1 + Math.exp(-8 * (Math.log10(rate) + 3))));
        // When the losses are evaluated, then both rates are found, delayed by the smoothing
        assertThat(range.descent()).isBetween(1e-3, 3e-3);
        assertThat(range.blowUp()).isBetween(0.1, 0.13);
        assertThat(range.suggestion()).isCloseTo(range.blowUp() / 10, Percentage.withPercentage(1e-6));
        // and it ended soon after the blow-up
        assertThat(range.points().getLast().rate()).isLessThan(0.3);
    }

    @Test
    void takesTheLastRateWhenNothingBlowsUp() {
        // When the loss only falls, then the last rate stands for the blow-up
        LearningRateRange range = of(rate -> 5 - Math.log10(rate));
        assertThat(range.points()).hasSize(300);
        assertThat(range.blowUp()).isEqualTo(range.points().getLast().rate());
    }

    @Test
    void endsWhereTheLossIsNoNumber() {
        // When the loss becomes NaN, then the updates before it count
        assertThat(of(rate -> rate > 0.01 ? Double.NaN : 3).points().getLast().rate())
                .isLessThanOrEqualTo(0.01);
        // and when these are too few, the message says so
        assertThatThrownBy(() -> of(rate -> rate > 1.2e-5 ? Double.NaN : 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must stay finite for more than 20 updates");
    }

    @Test
    void runsOnAHistory() {
        // Given a history with a pattern to learn
        Series series = SyntheticSeries.of(2, 1500, 0.05, 41);
        TrainingSettings settings =
                TrainingSettings.DEFAULT.with(Map.of("hidden", "8", "embedding", "2", "batch", "64"));
        // When the test is run, twice
        LearningRateRange range = Trainer.rangeTest(series, settings, TrainingListener.NONE);
        LearningRateRange again = Trainer.rangeTest(series, settings, TrainingListener.NONE);
        // Then rates grow, losses are positive, it suggests a rate in between, and a seed fixes them
        assertThat(range.points())
                .hasSizeGreaterThan(100)
                .allSatisfy(point -> assertThat(point.loss()).isPositive());
        assertThat(range.points().getFirst().rate()).isEqualTo(LearningRateRange.FROM);
        assertThat(range.suggestion()).isBetween(1e-4, 0.1);
        assertThat(again).isEqualTo(range);
    }
}
