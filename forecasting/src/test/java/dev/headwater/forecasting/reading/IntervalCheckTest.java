package dev.headwater.forecasting.reading;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class IntervalCheckTest {

    private static final SensorNetwork NETWORK =
            new NetworkBuilder("five").interval(Duration.ofMinutes(5)).build();

    /// A series of one sensor that reports in some slots.
    private static Series reported(int slots, IntPredicate reports) {
        Series.Builder builder = new Series.Builder(NETWORK);
        for (int slot = 0; slot < slots; slot++) {
            if (reports.test(slot)) {
                builder.add("s", slot, new float[] {50 + slot % 7});
            }
        }
        return builder.build();
    }

    private static Series every(int slots, int count) {
        return reported(slots * count, slot -> slot % slots == 0);
    }

    @Test
    void refusesReadingsFurtherApart() {
        // When readings arrive every 15 minutes, then a network with an interval of five is refused
        assertThatThrownBy(() -> IntervalCheck.requireEverySlot(every(3, 200)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network five: interval must be that of the readings, about PT15M, found PT5M");
    }

    @Test
    void refusesReadingsCloserTogether() {
        // When four of five readings are duplicates, then the true interval is a fifth
        assertThatThrownBy(() -> IntervalCheck.requireOneASlot(every(1, 600), 4 * 600))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network five: interval must be that of the readings, about PT1M, found PT5M");
    }

    @Test
    void bearsGapsAndAFewDuplicates() {
        // Given a series in which seven of ten readings are missing
        Random random = new Random(1);
        Series sparse = reported(3000, slot -> random.nextInt(10) < 3);
        // When checked, then the interval is accepted, also with an hour of duplicates
        assertThatCode(() -> IntervalCheck.requireEverySlot(sparse)).doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireEverySlot(every(1, 600))).doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireOneASlot(every(1, 600), 12)).doesNotThrowAnyException();
    }

    @Test
    void saysNothingOfAFewReadings() {
        // Given 24 gaps or 23, and 24 duplicates or 23
        // When checked, then the larger number is refused and the smaller one passes
        assertThatCode(() -> IntervalCheck.requireEverySlot(every(3, 24))).doesNotThrowAnyException();
        assertThatThrownBy(() -> IntervalCheck.requireEverySlot(every(3, 25)))
                .isInstanceOf(InvalidInputException.class);
        assertThatCode(() -> IntervalCheck.requireOneASlot(every(1, 2), 23)).doesNotThrowAnyException();
        assertThatThrownBy(() -> IntervalCheck.requireOneASlot(every(1, 2), 24))
                .isInstanceOf(InvalidInputException.class);
    }
}
