package dev.headwater.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long MILLI = 1_000_000;

    private final Latencies latencies = new Latencies(8);

    @Test
    void tellsQuantilesOfAllThatCameInTheSameMemory() {
        // Given a million slots, of which each forecast takes from 1 to 100 ms
        for (long slot = 0; slot < 1_000_000; slot++) {
            latencies.sent(slot, slot * MILLI);
            latencies.received(slot, slot * MILLI + (1 + slot % 100) * MILLI);
        }

        // Then
        assertThat(latencies.quantile(0.5)).isCloseTo(50 * MILLI, Percentage.withPercentage(1));
        assertThat(latencies.quantile(0.99)).isCloseTo(99 * MILLI, Percentage.withPercentage(1));
    }

    @Test
    void knowsNothingOfASlotThatWasNotSent() {
        // When
        latencies.sent(1, 0);
        latencies.received(2, MILLI);

        // Then
        assertThat(latencies.quantile(0.5)).isNaN();
    }
}
