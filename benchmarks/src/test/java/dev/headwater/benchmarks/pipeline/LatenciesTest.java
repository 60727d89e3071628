package dev.headwater.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.headwater.benchmarks.stream.PacedRounds;
import dev.headwater.benchmarks.stream.PacedRounds.Spread;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final byte[] ANY = {};
    private static final long MINUTE = 60_000_000_000L; // ns

    /// Two rounds of two sensors, at slots 5 and 6, the first of which was due a minute ago.
    private static PacedRounds minuteAgo() {
        return new PacedRounds(2, 5, 7, Spread.AT_ONCE, System.nanoTime() - MINUTE);
    }

    @Test
    void readingsAreCountedFromWhenTheyWereDue() {
        // Given
        Latencies latencies = new Latencies();
        latencies.count(minuteAgo());

        // When
        for (int sensor = 0; sensor < 2; sensor++) {
            for (int slot = 5; slot < 7; slot++) {
                latencies.add(sensor, slot, ANY);
            }
        }

        // Then
        Measured measured = latencies.measured();
        assertThat(measured.value()).isBetween(60_000.0, 70_000.0);
        assertThat(measured.details()).containsEntry("count", 4.0);
        assertThat(measured.details().get("wholeTickP99")).isBetween(60_000.0, 70_000.0);
        assertThat(measured.details().get("wholeTickP50")).isBetween(59_000.0, 69_000.0);
    }

    @Test
    void whatIsSentBeforeOrByOthersDoesNotCount() {
        // Given
        Latencies latencies = new Latencies();
        latencies.add(0, 5, ANY);
        latencies.count(minuteAgo());

        // When
        latencies.add(0, 4, ANY);
        latencies.add(2, 5, ANY);

        // Then
        assertThat(latencies.measured().details()).containsEntry("count", 0.0);
    }

    @Test
    void withoutRoundsThereIsNothingToTell() {
        // Given
        Latencies latencies = new Latencies();

        // When, Then
        assertThatIllegalStateException().isThrownBy(latencies::measured);
    }
}
