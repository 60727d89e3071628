package dev.headwater.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.benchmarks.stream.PacedRounds.Spread;
import org.junit.jupiter.api.Test;

class PacedRoundsTest {

    @Test
    void readingsAreDueOneAfterTheOtherOrAllAtOnce() {
        // Given
        PacedRounds even = new PacedRounds(4, 10, 12, Spread.EVEN, 7);
        PacedRounds atOnce = new PacedRounds(4, 10, 12, Spread.AT_ONCE, 7);

        // When, Then
        assertThat(even.due(0, 10)).isEqualTo(7);
        assertThat(even.due(3, 11)).isEqualTo(1_750_000_007);
        assertThat(atOnce.due(3, 11)).isEqualTo(1_000_000_007);
    }

    @Test
    void roundsEndBeforeTheirLastSlot() {
        // Given
        PacedRounds rounds = new PacedRounds(4, 10, 12, Spread.EVEN, 0);

        // When, Then
        assertThat(rounds.include(3, 11)).isTrue();
        assertThat(rounds.include(4, 11)).isFalse();
        assertThat(rounds.include(3, 12)).isFalse();
        assertThat(rounds.include(3, 9)).isFalse();
    }
}
