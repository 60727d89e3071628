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

    /// One sensor that reports in some slots.
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
        // When readings come every 15 minutes, then a network of five is refused
        assertThatThrownBy(() -> IntervalCheck.requireEverySlot(every(3, 200)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network five: interval must be that of the readings, about PT15M, found PT5M");
    }

    @Test
    void refusesReadingsCloserTogether() {
        // When four of five readings fell on a slot that had one, then the interval is a fifth
        assertThatThrownBy(() -> IntervalCheck.requireOneASlot(every(1, 600), 4 * 600))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network five: interval must be that of the readings, about PT1M, found PT5M");
    }

    @Test
    void bearsGapsAndAFewDuplicates() {
        // Given seven in ten readings missing
        Random random = new Random(1);
        Series sparse = reported(3000, slot -> random.nextInt(10) < 3);
        // When, then it is still the interval; so it is when an hour came twice
        assertThatCode(() -> IntervalCheck.requireEverySlot(sparse)).doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireEverySlot(every(1, 600))).doesNotThrowAnyException();
        assertThatCode(() -> IntervalCheck.requireOneASlot(every(1, 600), 12)).doesNotThrowAnyException();
    }

    @Test
    void saysNothingOfAFewReadings() {
        // Given 24 gaps, and one less; as many duplicates
        // When, then the fewer pass and the others do not
        assertThatCode(() -> IntervalCheck.requireEverySlot(every(3, 24))).doesNotThrowAnyException();
        assertThatThrownBy(() -> IntervalCheck.requireEverySlot(every(3, 25)))
                .isInstanceOf(InvalidInputException.class);
        assertThatCode(() -> IntervalCheck.requireOneASlot(every(1, 2), 23)).doesNotThrowAnyException();
        assertThatThrownBy(() -> IntervalCheck.requireOneASlot(every(1, 2), 24))
                .isInstanceOf(InvalidInputException.class);
    }
}
